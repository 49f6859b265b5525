#include "scan/command/foreign_compilers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace snug {
namespace {

enum class Match : std::uint8_t {
  Whole,   ///< The name.
  Begins,  ///< The name begins with it and goes on ("icc8051", but not "icc").
};

struct Row {
  std::string_view name;
  std::string_view machines;
  Match match = Match::Whole;
};

constexpr std::string_view small_machines = "small processors";
constexpr std::string_view embedded = "embedded processors";

constexpr std::array rows{
    Row{"sdcc", "8051, Z80, STM8 and others"},
    Row{"icc", "embedded processors (IAR)", Match::Begins},
    Row{"armcc", "Arm"},
    Row{"armcpp", "Arm"},
    Row{"tcc_arm", "Arm"},
    Row{"armclang", "Arm"},
    Row{"tiarmclang", "Arm"},
    Row{"c29clang", "C29"},
    Row{"armcl", "Arm (Texas Instruments)"},
    Row{"cl6x", "C6000"},
    Row{"cl7x", "C7000"},
    Row{"cl55", "C5500"},
    Row{"cl500", "C5400"},
    Row{"cl2000", "C2000"},
    Row{"cl430", "MSP430"},
    Row{"cl470", "Arm (Texas Instruments)"},
    Row{"clpru", "PRU"},
    Row{"c51", "8051"},
    Row{"cx51", "8051"},
    Row{"c251", "80251"},
    Row{"c166", "C166"},
    Row{"ctc", "TriCore"},
    Row{"cctc", "TriCore"},
    Row{"cptc", "TriCore"},
    Row{"carm", "Arm"},
    Row{"cpcp", "PCP"},
    Row{"ccarm", "Arm", Match::Begins},
    Row{"cxarm", "Arm", Match::Begins},
    Row{"ccarm", "Arm"},
    Row{"cxarm", "Arm"},
    Row{"ccint", embedded, Match::Begins},
    Row{"cxint", embedded, Match::Begins},
    Row{"ccppc", "PowerPC"},
    Row{"cxppc", "PowerPC"},
    Row{"ccmips", "MIPS"},
    Row{"cxmips", "MIPS"},
    Row{"cctri", "TriCore"},
    Row{"cxtri", "TriCore"},
    Row{"ccv850", "V850"},
    Row{"cxv850", "V850"},
    Row{"ccrh850", "RH850"},
    Row{"cxrh850", "RH850"},
    Row{"ccrh", "RH850"},
    Row{"ccrl", "RL78"},
    Row{"ccrx", "RX"},
    Row{"shc", "SuperH"},
    Row{"nc30", "M16C"},
    Row{"nc308", "M32C"},
    Row{"nc100", "R32C"},
    Row{"cx6808", "HC08 (Cosmic)"},
    Row{"cx6812", "HC12 (Cosmic)"},
    Row{"cxs12", "S12 (Cosmic)", Match::Begins},
    Row{"cxs12", "S12 (Cosmic)"},
    Row{"cxstm8", "STM8 (Cosmic)"},
    Row{"picc", small_machines},
    Row{"picc18", small_machines},
    Row{"mcc18", small_machines},
    Row{"xc8", small_machines},
    Row{"xc8-cc", small_machines},
    Row{"xc16-gcc", "PIC24 and dsPIC"},
    Row{"xc16-cc", "PIC24 and dsPIC"},
    Row{"xc-dsc-gcc", "dsPIC"},
    Row{"pic30-gcc", "dsPIC"},
    Row{"xc32-gcc", "PIC32"},
    Row{"xc32-g++", "PIC32"},
    Row{"pic32-gcc", "PIC32"},
    Row{"pic32-g++", "PIC32"},
    Row{"cc65", "6502"},
    Row{"cl65", "6502"},
    Row{"zcc", "Z80"},
    Row{"sccz80", "Z80"},
    Row{"vbcc", small_machines, Match::Begins},
    Row{"bcc32", "Windows (C++Builder)", Match::Begins},
    Row{"bcc32", "Windows (C++Builder)"},
    Row{"bcc64", "Windows (C++Builder)", Match::Begins},
    Row{"bcc64", "Windows (C++Builder)"},
    Row{"wcc", "DOS (Watcom)"},
    Row{"wcc386", "DOS and Windows (Watcom)"},
    Row{"wpp", "DOS (Watcom)"},
    Row{"wpp386", "DOS and Windows (Watcom)"},
    Row{"wcl", "DOS (Watcom)"},
    Row{"wcl386", "DOS and Windows (Watcom)"},
    Row{"owcc", "DOS and Windows (Watcom)"},
    Row{"dmc", "Windows (Digital Mars)"},
    Row{"dcc", "embedded processors (Diab)"},
    Row{"dplus", "embedded processors (Diab)"},
    Row{"mwcc", "embedded processors (CodeWarrior)", Match::Begins},
    Row{"xcc", "Xtensa"},
    Row{"xt-xcc", "Xtensa"},
    Row{"xt-xc++", "Xtensa"},
    Row{"xt-clang", "Xtensa"},
    Row{"xt-clang++", "Xtensa"},
    Row{"xlc", "POWER"},
    Row{"xlC", "POWER"},
    Row{"xlc++", "POWER"},
    Row{"xlclang", "POWER"},
    Row{"xlclang++", "POWER"},
    Row{"qcc", "QNX"},
    Row{"QCC", "QNX"},
    Row{"q++", "QNX"},
    Row{"fccpx", "A64FX"},
    Row{"FCCpx", "A64FX"},
    Row{"ncc", "SX-Aurora"},
    Row{"nc++", "SX-Aurora"},
};

}  // namespace

std::string_view foreign_compiler(std::string_view path) {
  std::string_view name = path.substr(path.find_last_of("/\\") + 1);
  if (name.ends_with(".exe") || name.ends_with(".EXE")) name.remove_suffix(4);
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
    if (row.match == Match::Whole) return row.name == name;
    // A number behind a dash is a version: "icc-2021".
    return name.size() > row.name.size() && name.starts_with(row.name) &&
           name[row.name.size()] != '-' && name[row.name.size()] != '.';
  });
  return found == rows.end() ? std::string_view() : found->machines;
}

}  // namespace snug
