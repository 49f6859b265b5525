// expect: nothing of shared-ptr-new
#include <memory>
class Token { Token() = default; int v_ = 0; public: static std::shared_ptr<Token> make() { return std::shared_ptr<Token>(new Token); } int v() const { return v_; } };
int main() { return Token::make()->v(); }
