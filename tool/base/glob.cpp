// The pattern is compiled into tokens and run as a set of states over the path, byte by byte, so
// that no pattern takes more than |pattern| * |path| steps.
#include "base/glob.hpp"

#include <bitset>
#include <vector>

namespace snug {
namespace {

struct Token {
  enum Kind { Byte, AnyByte, Set, Star, DoubleStar } kind = Byte;
  char byte = 0;
  std::bitset<256> set{};
};

std::size_t slot_of(char byte) {
  return static_cast<unsigned char>(byte);
}

/// Reads "[...]" that starts at `at`; returns the position after it, or `at` if it never ends.
std::size_t read_set(std::string_view pattern, std::size_t at, Token& token) {
  std::size_t next = at + 1;
  const bool negated = next < pattern.size() && (pattern[next] == '!' || pattern[next] == '^');
  if (negated) ++next;
  token.kind = Token::Set;
  for (bool first = true; next < pattern.size() && (first || pattern[next] != ']'); first = false) {
    std::size_t low = slot_of(pattern[next]);
    std::size_t high = low;
    if (next + 2 < pattern.size() && pattern[next + 1] == '-' && pattern[next + 2] != ']') {
      high = slot_of(pattern[next + 2]);
      next += 2;
    }
    for (; low <= high; ++low) token.set.set(low);
    ++next;
  }
  if (next >= pattern.size()) return at;
  if (negated) token.set.flip();
  token.set.reset(slot_of('/'));
  return next + 1;
}

std::vector<Token> compile(std::string_view pattern) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < pattern.size();) {
    Token token;
    const char byte = pattern[at];
    if (byte == '*' && at + 1 < pattern.size() && pattern[at + 1] == '*') {
      token.kind = Token::DoubleStar;
      at += 2;
    } else if (byte == '*') {
      token.kind = Token::Star;
      ++at;
    } else if (byte == '?') {
      token.kind = Token::AnyByte;
      ++at;
    } else if (byte == '[') {
      const std::size_t after = read_set(pattern, at, token);
      if (after == at) token = Token{Token::Byte, '[', {}};
      at = after == at ? at + 1 : after;
    } else {
      if (byte == '\\' && at + 1 < pattern.size()) ++at;
      token.byte = pattern[at++];
    }
    tokens.push_back(token);
  }
  return tokens;
}

bool is_slash(const std::vector<Token>& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].kind == Token::Byte && tokens[at].byte == '/';
}

/// Adds a state and every state that is reached from it without a byte.
void reach(const std::vector<Token>& tokens, std::size_t state, std::vector<bool>& states) {
  while (state <= tokens.size() && !states[state]) {
    states[state] = true;
    if (state == tokens.size()) return;
    const Token& token = tokens[state];
    if (token.kind != Token::Star && token.kind != Token::DoubleStar) return;
    // "**/" also stands for no component at all, where a component could begin.
    const bool at_start = state == 0 || is_slash(tokens, state - 1);
    if (token.kind == Token::DoubleStar && at_start && is_slash(tokens, state + 1)) {
      reach(tokens, state + 2, states);
    }
    ++state;
  }
}

bool takes(const Token& token, char byte) {
  switch (token.kind) {
    case Token::Byte:
      return token.byte == byte;
    case Token::AnyByte:
    case Token::Star:
      return byte != '/';
    case Token::Set:
      return token.set.test(slot_of(byte));
    case Token::DoubleStar:
      return true;
  }
  return false;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
  const std::vector<Token> tokens = compile(pattern);
  std::vector<bool> states(tokens.size() + 1, false);
  reach(tokens, 0, states);
  for (const char byte : path) {
    std::vector<bool> next(tokens.size() + 1, false);
    for (std::size_t state = 0; state < tokens.size(); ++state) {
      if (!states[state] || !takes(tokens[state], byte)) continue;
      const bool stays =
          tokens[state].kind == Token::Star || tokens[state].kind == Token::DoubleStar;
      // A star that has begun to match stays without the rule for no component.
      if (stays) next[state] = true;
      reach(tokens, state + 1, next);
    }
    states = std::move(next);
  }
  return states[tokens.size()];
}

}  // namespace snug
