#pragma once
class QObject { public: virtual ~QObject(); };
class QThread : public QObject {
 public:
  void start();
  bool wait();
 protected:
  virtual void run();
};
class QRunnable { public: virtual ~QRunnable(); virtual void run() = 0; void setAutoDelete(bool); };
class QThreadPool { public: static QThreadPool* globalInstance(); void start(QRunnable*); bool waitForDone(int = -1); };
