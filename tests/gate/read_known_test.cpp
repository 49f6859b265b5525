// [[known.type]] and [[known.function]]: what they may say, and how mistakes are told.
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "gate/configuration/configuration.hpp"

using namespace snug;

namespace {

OwnRows rows_of(std::string_view text) {
  return read_configuration(text, "/p/.snug.toml", {}).known;
}

std::string mistake_in(std::string_view text) {
  try {
    (void)rows_of(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("types and functions of the project are read") {
  const OwnRows rows = rows_of(R"(
thread-entries = ["app::Loop::later"]

[[known.type]]
name = "::app::SmallVector"
role = "vector"
element = 1

[[known.type]]
name = "Index"
role = ["map", "holds-nothing"]

[[known.function]]
name = "app::Pool::submit"
effect = "pool"
entry = 1
many = true
waits = true

[[known.function]]
name = "sleep_until_woken"
effect = ["waits", "joins"]
object = 2
)");
  REQUIRE(rows.types.size() == 2);
  CHECK(rows.types[0].name == "app::SmallVector");
  CHECK(rows.types[0].roles == Roles{TypeRole::Sequence, TypeRole::Indexed});
  CHECK(rows.types[0].element == 1);
  CHECK(rows.types[1].roles.has(TypeRole::Map));
  CHECK(rows.types[1].roles.has(TypeRole::HoldsNothing));
  CHECK(rows.types[1].element == 1);
  CHECK(rows.types[1].key == 0);
  REQUIRE(rows.functions.size() == 3);
  // Tables are read in the order of their names.
  const auto function = [&](std::string_view name) {
    for (const OwnFunction& one : rows.functions) {
      if (one.name == name) return one;
    }
    FAIL(name);
    return OwnFunction();
  };
  CHECK(function("app::Loop::later").effects.has(Effect::FirstCallable));
  const OwnFunction submit = function("app::Pool::submit");
  CHECK(submit.effects == Effects(Effect::HandsToPool));
  CHECK(submit.entry == 1);
  CHECK(submit.many);
  CHECK(submit.waits);
  const OwnFunction woken = function("sleep_until_woken");
  CHECK(woken.effects.has(Effect::Waits));
  CHECK(woken.effects.has(Effect::JoinsObject));
  CHECK(woken.object == 2);
}

TEST_CASE("without an entry the first argument that can be called is the one") {
  const OwnRows rows = rows_of("[[known.function]]\nname = \"go\"\neffect = \"starts-thread\"\n");
  CHECK(rows.functions.front().effects.has(Effect::FirstCallable));
  CHECK(rows.functions.front().entry == -1);
}

TEST_CASE("mistakes in known tables are told with line, key and what was meant") {
  CHECK(mistake_in("[[known.typ]]\nname = \"A\"\n")
            .starts_with("/p/.snug.toml:1:9: there is no key 'typ' in 'known'; did you mean "
                         "'type'?"));
  CHECK(mistake_in("[[known.type]]\nnmae = \"A\"\n")
            .starts_with("/p/.snug.toml:2:1: there is no key 'nmae' in [[known.type]]; did you "
                         "mean 'name'?"));
  CHECK(mistake_in("[[known.type]]\nname = \"A\"\nrole = \"vectro\"\n")
            .find("/p/.snug.toml:3:8: 'role' cannot be 'vectro'") == 0);
  CHECK(mistake_in("[[known.type]]\nname = \"A\"\nrole = \"vectro\"\n")
            .find("did you mean 'vector'?") != std::string::npos);
  CHECK(mistake_in("[[known.function]]\nname = \"A\"\neffect = \"pol\"\n")
            .find("did you mean 'pool'?") != std::string::npos);
  CHECK(mistake_in("[[known.function]]\nname = \"A\"\nefect = \"pool\"\n")
            .find("did you mean 'effect'?") != std::string::npos);
  CHECK(mistake_in("[[known.type]]\nrole = \"lock\"\n") ==
        "/p/.snug.toml:1:1: a known type needs 'name', like \"app::SmallVector\"");
  CHECK(mistake_in("[[known.type]]\nname = \"A\"\n") ==
        "/p/.snug.toml:1:1: a known type needs 'role', like \"vector\"");
  CHECK(mistake_in("[[known.type]]\nname = \"A\"\nrole = []\n").find("needs 'role'") !=
        std::string::npos);
  CHECK(mistake_in("[[known.function]]\nname = \"A\"\n").find("needs 'effect'") !=
        std::string::npos);
  CHECK(mistake_in("[[known.type]]\nname = \"A<int>\"\nrole = \"lock\"\n").find("not 'A<int>'") !=
        std::string::npos);
  CHECK(mistake_in("[[known.type]]\nname = \"A::\"\nrole = \"lock\"\n").find("not 'A::'") !=
        std::string::npos);
  CHECK(mistake_in("[[known.type]]\nname = \"A\"\nrole = \"lock\"\nelement = 1000\n")
            .find("'element' is the number of an argument") != std::string::npos);
  CHECK(mistake_in("[[known.type]]\nname = \"A\"\nrole = \"lock\"\nelement = -1\n")
            .find("cannot be negative") != std::string::npos);
  CHECK(mistake_in("[[known.type]]\nname = \"A\"\nrole = \"lock\"\nkey = 1\n")
            .find("only a map has a 'key'") != std::string::npos);
  CHECK(mistake_in("[[known.function]]\nname = \"A\"\neffect = \"waits\"\nentry = 1\n")
            .find("'entry' is for functions") != std::string::npos);
  CHECK(mistake_in("[[known.function]]\nname = \"A\"\neffect = \"pool\"\nmany = 1\n")
            .find("true or false") != std::string::npos);
  CHECK(mistake_in("[known.type]\nname = \"A\"\n").find("[[known.type]]") != std::string::npos);
  CHECK(mistake_in("known = 3\n").find("[[known.type]]") != std::string::npos);
  CHECK(mistake_in("[[known.type]]\nname = 3\nrole = \"lock\"\n").find("'name' has to be") !=
        std::string::npos);
}
