// expect: warning of enum-size
#include <vector>
enum Suit { Clubs, Diamonds, Hearts, Spades };  // before
enum Suit : unsigned char { Clubs, Diamonds, Hearts, Spades };  // after
struct Hand { Suit cards[13]; int points; };
std::vector<Hand> deals;
void deal(int n) { for (int i = 0; i < n; ++i) deals.push_back(Hand{}); }
