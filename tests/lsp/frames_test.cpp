#include "lsp/frames.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace snug::lsp;

namespace {

std::vector<Frame> all_of(FrameReader& reader) {
  std::vector<Frame> frames;
  while (const auto frame = reader.next()) frames.push_back(*frame);
  return frames;
}

}  // namespace

TEST_CASE("messages come out as they went in, however the bytes are cut") {
  const std::string stream = framed("{}") + framed("") + framed("[1, \"\xF0\x9F\x90\x98\"]");
  for (std::size_t piece = 1; piece < stream.size(); ++piece) {
    FrameReader reader;
    std::vector<Frame> frames;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      reader.feed(std::string_view(stream).substr(at, piece));
      for (const Frame& frame : all_of(reader)) frames.push_back(frame);
    }
    REQUIRE(frames.size() == 3);
    CHECK(frames[0].body == "{}");
    CHECK(frames[1].body.empty());
    CHECK(frames[1].complaint.empty());
    CHECK(frames[2].body == "[1, \"\xF0\x9F\x90\x98\"]");
  }
}

TEST_CASE("headers are read as other programs write them") {
  for (const std::string header :
       {"content-length: 2\r\n\r\n", "CONTENT-LENGTH:2\n\n", "Content-Length:\t 2 \r\n\r\n",
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n",
        "Content-Length: 2\r\nContent-Type: x\r\n\r\n"}) {
    INFO(header);
    FrameReader reader;
    reader.feed(header + "{}");
    const auto frames = all_of(reader);
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].body == "{}");
  }
}

TEST_CASE("a broken frame costs itself, and is told") {
  for (const std::string broken :
       {"Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n", "X: 1\r\n\r\n", "\r\n\r\n",
        "Content-Length: 99999999999999999999999\r\n\r\n", "Content-Length:\r\n\r\n"}) {
    INFO(broken);
    FrameReader reader;
    reader.feed(broken + framed("{}"));
    const auto frames = all_of(reader);
    REQUIRE(frames.size() == 2);
    CHECK(!frames[0].complaint.empty());
    CHECK(frames[1].body == "{}");
  }
}

TEST_CASE("noise without an end is not kept") {
  FrameReader reader;
  std::size_t complaints = 0;
  for (int i = 0; i < 100; ++i) {
    reader.feed(std::string(1000, 'x'));
    complaints += all_of(reader).size();
  }
  CHECK(complaints >= 1);
  CHECK(complaints < 100);
  reader.feed(framed("{}"));
  const auto frames = all_of(reader);
  REQUIRE(!frames.empty());
  CHECK(frames.back().body == "{}");
}

TEST_CASE("a message past the limit is passed over, and the next one read") {
  FrameReader reader;
  reader.feed("Content-Length: " + std::to_string(largest_message + 1) + "\r\n\r\n");
  REQUIRE(all_of(reader).size() == 1);
  const std::string piece(1U << 20U, 'x');
  for (std::size_t sent = 0; sent < largest_message; sent += piece.size()) {
    reader.feed(piece);
    CHECK(all_of(reader).empty());
  }
  reader.feed("x" + framed("{}"));
  const auto frames = all_of(reader);
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].body == "{}");
}

TEST_CASE("random bytes are no message and no crash") {
  std::mt19937 random(7);
  const std::string alphabet = "Content-Length: 0123456789\r\n\r\n{}x";
  for (int round = 0; round < 2000; ++round) {
    FrameReader reader;
    std::string bytes;
    for (std::size_t i = random() % 200; i != 0; --i) bytes += alphabet[random() % alphabet.size()];
    reader.feed(bytes);
    std::size_t count = 0;
    while (reader.next()) REQUIRE(++count <= bytes.size() + 1);
  }
}
