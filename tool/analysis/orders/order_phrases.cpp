// A comment is taken apart into words, and phrases are looked for in them. What says that the order
// is of no concern ("whatever the order of the fields") is cut out before.
//
// A phrase is a list of words with alternatives ("first|last"). A word that ends in ~ stands for
// all that begin so; ? stands for one word or none, * for up to four. Phrases are chosen so that
// they seldom speak of anything but fields: a hit costs a good fix its "safe".
//
// Only phrases are tried of which the comment holds a word that they begin with.
#include "analysis/orders/order_phrases.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace snug {
namespace {

constexpr auto kPhrases = std::to_array<std::string_view>({
    // Who may not be moved.
    "not|don't|dont|never|cannot|can't|mustn't|shouldn't|avoid * reorder~|rearrang~|shuffl~",
    "not|don't|dont|never|cannot|can't|mustn't|shouldn't|avoid * re order~",
    "not|don't|dont|never|cannot|can't|mustn't|shouldn't|avoid * change * order",
    "not|don't|dont|never|mustn't|shouldn't ? move|moved this|these|it|them|field~|member~|up|down",
    "do|should|must|may not be moved",
    "do not move",
    "don't move",
    "dont move",
    "never move",
    "not|don't|dont|never|only|always add|insert|put|append * before|above|between|end|bottom|here",
    "new ? field~|member~ * end|bottom|last|here|before|after|below|above",
    "without reorder~",
    "unsafe|dangerous|wrong|forbidden to reorder~|rearrang~|move",
    // Where one has to stand.
    "must|should|shall|needs|need|has|have|to ? be|come|comes|stay|stays|remain|remains|go|stand "
    "? first|last|adjacent|contiguous|consecutive|together|topmost",
    "must|should|shall|needs|need|has|have|to ? be|come|stay|remain|go|stand * at|in|on ? "
    "start|beginning|front|top|end|bottom|order|place|position|offset",
    "must|should|shall|needs|has|have|to ? be|come|stay|remain|go|stand ? right|directly|just|"
    "immediately before|after|behind|in",
    "must|should|shall|needs|has|have|to ? be|come|stay|remain|go|stand|follow|precede ? next to",
    "must|should|shall immediately follow|precede",
    "keep|keeps|kept this|these|it|them|field~|member~|me|both|as|at|all * "
    "first|last|together|adjacent|contiguous|here|top|bottom|start|end|beginning|order",
    "keep|keeps|kept together|adjacent|contiguous|first|last|in",
    "always|stays|remains ? first|last ? field|member|in|and|so",
    "is|as|be|the first|last field|member",
    "first|last field|member|element of|in ? struct~|class",
    "must|should|has|have|needs ? be declared|destroyed|destructed|initialized|initialised|"
    "constructed|defined|placed|deleted|freed ? before|after|first|last",
    "must|should|has|have|needs to be declared|destroyed|destructed|initialized|initialised|"
    "constructed|defined|placed|deleted ? before|after|first|last",
    "must|should|shall be "
    "declared|destroyed|destructed|initialized|initialised|constructed|defined|"
    "placed ? before|after|first|last",
    "declared|destroyed|destructed|initialized|initialised|constructed ? before|after|first|last",
    "declare ? before|after|first|last",
    // Borders.
    "from here",
    "from this|that point|field|member|line",
    "up|down to here",
    "up|down to this|that point|field|member|line",
    "till|until here",
    "starts|starting|begins|beginning|begin|start|ends|ending|end|stop here",
    "everything|anything|stuff|things ? below|above|after|before|past|from|following|here|up",
    "field~|member~|variables|attributes ? ? below|above|following|preceding",
    "following ? field~|member~|variables|attributes|are|must",
    "remaining ? field~|member~",
    "rest of ? field~|member~|struct~|record|class",
    "below|above|past|beyond|behind this|that ? line|point|field|member|comment|marker",
    "below|above here",
    "all * below|above|following",
    "these|those * field~|member~",
    // Order itself.
    "order|ordering|sequence ? ? matters|important|significant|relevant|must|fixed|critical|"
    "preserved|kept|sensitive|assumed|dependent",
    "order|ordering|sequence of|in|is ? ? field~|member~|these|those|declaration~|variables|"
    "destruction|construction|initiali~",
    "declaration|destruction|construction|initialization|initialisation|field|member|memory order~",
    "in|exactly|exact this|that|same|exact|following order",
    "same order",
    "depend~|rely|relies|relied|relying|assume~ ? ? ? order~|layout|offset~",
    "order depend~",
    // Layouts.
    "memory|struct|structure|binary|data|object|same|fixed|exact|identical|compatible|packed|wire|"
    "abi|hardware|disk|byte|bit|precise|c ? ? layout",
    "layout ? ? "
    "must|match~|same|change~|fixed|compatible|depend~|known|shared|assumed|identical|of",
    "change~|match~|affect~|break~|keep|know~ ? ? layout",
    "abi",
    "binary|abi|wire|layout compatib~",
    "wire format",
    "on disk ? format|layout|struct~|representation|record~",
    "offset~ ? ? ? hardcoded|hard|asm|assembler|assembly",
    "fixed|known|same|hard|exact offset~",
    "match~|mirror~|correspond~|identical|equivalent|overlay~|overlap~|alias~|compatible|parallel~ "
    "? ? ? struct~|layout|definition|typedef|union|prefix",
    "same ? as|in struct~|class|layout|header",
    "same fields|members|prefix|layout",
    "in|of|out sync",
    "keep|keeps|kept ? ? ? sync~",
    "sync~ with",
    // Speed, on purpose.
    "cache line~|aligned|friendl~|local~",
    "cacheline~",
    "false sharing",
    "hot|cold ? ? field~|member~|data|first|section|part|cache",
    "frequently|commonly|often ? accessed|used ? field~|member~|first|together",
    // Other ways to look at the bytes.
    "memset|memcpy|memcmp|memmove|bzero|offsetof|reinterpret_cast|reinterpret",
    "zeroed|cleared|reset|copied|initialized|initialised|wiped|saved|compared ? ? "
    "below|above|together|block|bulk|wholesale",
    "zeroed|cleared|reset|copied|wiped|saved|compared ? at once",
    "asm|assembly|assembler",
    "memset'd|memcpy'd|memcmp'd|memcpyed|memcopied|mmapped|mmap'd",
    // Who else knows the bytes.
    "offset|offsets|byte|bytes ? 0~|1~|2~|3~|4~|5~|6~|7~|8~|9~",
    "on|over|across the ? wire|network",
    "dma|mmio|ctypes|cffi|pinvoke|std140|std430|iocb",
    "uniform|storage|constant|vertex block|buffer|layout|format",
    "hardware|device|hw|mapped|io register~",
    "register block|map|bank|file",
    "raw bytes|memory",
    "serialized|serialised|serializes|serialises|deserialized|deserialised",
    "sent|written|saved|stored|dumped|uploaded|transmitted|persisted ? ? "
    "as|to|into|over|through|verbatim|directly ? ? "
    "is|disk|file|flash|eeprom|nvram|gpu|socket|network|device|hardware|bytes|raw|binary|block",
    "as ? device|hardware|kernel|driver|firmware|peer|server|client|loader|shader|protocol "
    "reads|read|sees|expects|wants|defines|defined",
    "shared|used|read|accessed|consumed|filled|known|written ? ? by|with|from|in ? "
    "shader~|gpu|kernel|hardware|device|firmware|driver|bootloader|userspace|python|javascript|"
    "java|rust|go|fortran|matlab|jit",
});

/// Statements of indifference. They may speak of orders and layouts as the others do. + stands for
/// up to six words that leave the statement whole.
constexpr auto kIndifferent = std::to_array<std::string_view>({
    "any|arbitrary|random|whichever|whatever|unspecified ? ? order~|layout~|sequence",
    "no ? particular|special|specific|certain|given|fixed|defined|guaranteed|meaningful|set|real "
    "order~|sequence|layout",
    "no order~",
    "regardless|irrespective|independent|independently|irrespectively of|from ? ? ? order~|layout~|"
    "sequence|offset~|position~|reorder~",
    "order|ordering|sequence|layout|position|reordering + "
    "doesn't|doesnt|don't|dont|isn't|isnt|aren't|not|never|no ? ? "
    "matter~|important|significant|relevant|fixed|critical|guaranteed|specified|defined|assumed|"
    "observable|meaningful|count~|change|affect|part|preserved|kept|sensitive|dependent",
    "order|ordering|sequence|layout|position + is|are|be|being ? "
    "irrelevant|unimportant|insignificant|arbitrary|immaterial|unspecified|undefined|random|free|"
    "meaningless|unobservable|incidental",
    "doesn't|doesnt|don't|dont|isn't|not|never|no|nothing|nobody|cannot|can't|mustn't|shouldn't ? "
    "? "
    "depend|depends|depending|rely|relies|assume~|care~|mind~|matter~|sensitive + "
    "order~|layout~|offset~|sequence|"
    "position~",
    "no|without|few ? order|ordering|layout|offset dependen~|requirement~|constraint~|assumption~|"
    "restriction~",
    "order|layout independen~|agnostic|insensitive|free",
    "can|may|free|freely|safe|safely|fine|ok|okay|possible + reorder~|rearrang~|shuffl~|permut~",
    "can|may|free|freely|safe|safely|fine|ok|okay to|be + re ? order~",
    "unordered|unsorted",
});

/// What turns such a statement round: "must not be in any order".
constexpr std::string_view kNegation =
    "not|don't|dont|never|cannot|can't|mustn't|shouldn't|isn't|aren't|unsafe";

/// Where another statement begins.
constexpr std::string_view kElse = "but|however|though|except|must|should|matters|order|layout|;";

/// Whose order it is.
constexpr std::string_view kOfWhat =
    "of|in|among|between|for|which ? ? ? field~|member~|declaration~|variables|attributes|them";

/// Stands where words were cut out. No phrase goes across it.
constexpr std::string_view kCut = ";";

/// Lower-case words of letters, digits, `_` and apostrophes.
std::vector<std::string> comment_words(std::string_view comment) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : comment) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '_' || c == '\'' || byte >= 0x80) {
      word += static_cast<char>(std::tolower(byte));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string_view cut_part(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

bool fits_choice(std::string_view word, std::string_view choices) {
  while (!choices.empty()) {
    const std::string_view choice = cut_part(choices, '|');
    if (choice.ends_with('~') ? word.starts_with(choice.substr(0, choice.size() - 1))
                              : word == choice) {
      return true;
    }
  }
  return false;
}

/// How many words from `at` on the phrase takes; 0 if it does not fit.
std::size_t words_taken(const std::vector<std::string>& words, std::size_t at,
                        std::string_view phrase) {
  std::string_view rest = phrase;
  const std::string_view part = cut_part(rest, ' ');
  const std::size_t gap = part == "?" ? 1 : part == "*" ? 4 : part == "+" ? 6 : 0;
  if (gap == 0) {
    if (at >= words.size() || !fits_choice(words[at], part)) return 0;
    const std::size_t more = rest.empty() ? 0 : words_taken(words, at + 1, rest);
    return rest.empty() ? 1 : more == 0 ? 0 : more + 1;
  }
  for (std::size_t skipped = 0; skipped <= gap && at + skipped < words.size(); ++skipped) {
    const std::size_t taken = words_taken(words, at + skipped, rest);
    if (taken != 0) return taken + skipped;
    const std::string_view word = words[at + skipped];
    const bool ends = part == "+" && (fits_choice(word, kNegation) || fits_choice(word, kElse));
    if (ends || word == kCut) break;
  }
  return 0;
}

bool is_turned_round(const std::vector<std::string>& words, std::size_t at) {
  const std::size_t from = at < 3 ? 0 : at - 3;
  return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(from),
                     words.begin() + static_cast<std::ptrdiff_t>(at),
                     [](std::string_view word) { return fits_choice(word, kNegation); });
}

/// The phrases by what they may begin with, so that of a comment only few are tried.
class PhraseIndex {
 public:
  /// REQUIRES: the phrases outlive it, and each begins with a word.
  explicit PhraseIndex(std::span<const std::string_view> phrases) : phrases_(phrases) {
    for (std::size_t i = 0; i < phrases.size(); ++i) {
      std::string_view rest = phrases[i];
      std::string_view choices = cut_part(rest, ' ');
      while (!choices.empty()) {
        const std::string_view choice = cut_part(choices, '|');
        if (choice.ends_with('~')) {
          prefixes_.emplace_back(choice.substr(0, choice.size() - 1), i);
        } else {
          whole_[choice].push_back(i);
        }
      }
    }
  }

  /// Those that one of the words may begin, in the order of the phrases.
  [[nodiscard]] std::vector<std::string_view> begun_by(
      const std::vector<std::string>& words) const {
    std::vector<bool> begun(phrases_.size());
    for (const std::string_view word : words) {
      if (const auto at = whole_.find(word); at != whole_.end()) {
        for (const std::size_t i : at->second) begun[i] = true;
      }
      for (const auto& [prefix, i] : prefixes_) begun[i] = begun[i] || word.starts_with(prefix);
    }
    std::vector<std::string_view> found;
    for (std::size_t i = 0; i < begun.size(); ++i) {
      if (begun[i]) found.push_back(phrases_[i]);
    }
    return found;
  }

 private:
  std::span<const std::string_view> phrases_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> whole_;
  std::vector<std::pair<std::string_view, std::size_t>> prefixes_;
};

void cut_indifference(std::vector<std::string>& words) {
  static const PhraseIndex index(kIndifferent);
  for (const std::string_view phrase : index.begun_by(words)) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      std::size_t taken = words_taken(words, at, phrase);
      if (taken != 0) taken += words_taken(words, at + taken, kOfWhat);
      if (taken == 0 || is_turned_round(words, at)) continue;
      const auto begin = words.begin() + static_cast<std::ptrdiff_t>(at);
      words.erase(begin + 1, begin + static_cast<std::ptrdiff_t>(taken));
      words[at] = kCut;
    }
  }
}

}  // namespace

bool speaks_of_order(std::string_view comment) {
  if (comment.find("snug:") != std::string_view::npos) return false;
  std::vector<std::string> words = comment_words(comment);
  cut_indifference(words);
  static const PhraseIndex index(kPhrases);
  const std::vector<std::string_view> begun = index.begun_by(words);
  return std::any_of(begun.begin(), begun.end(), [&](std::string_view phrase) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (words_taken(words, at, phrase) != 0) return true;
    }
    return false;
  });
}

}  // namespace snug
