// expect: warning of hot-cold
#include <cstring>
#include <string>
#include <vector>
struct Employee {
  long id;
  char name[64];
  char address[128];
  char notes[256];
  int salary;
};
class Staff {
 public:
  long payroll(int months) const {
    long sum = 0;
    for (int m = 0; m < months; ++m)
      for (const Employee& e : all_)
        if (e.id > m) sum += e.salary;
    return sum;
  }
  void add(const Employee& e) { all_.push_back(e); }

 private:
  std::vector<Employee> all_;
};
long f(Staff& s, const Employee& e) { s.add(e); return s.payroll(12); }
