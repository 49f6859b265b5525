// expect: silent of false-sharing
#include <mutex>
#include <thread>
struct Account { std::mutex m; long balance = 0; long moves = 0; };
static Account book;
static void pay() { for (int i = 0; i < 1000; ++i) { std::lock_guard g(book.m); book.balance -= 1; book.moves++; } }
static void earn() { for (int i = 0; i < 1000; ++i) { std::lock_guard g(book.m); book.balance += 1; } }
int main() { std::thread a(pay), b(earn); a.join(); b.join(); }
