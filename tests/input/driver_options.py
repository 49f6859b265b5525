#!/usr/bin/env python3
"""Options of the installed drivers, from their own lists, given to snug and to the compiler.

Each option stands before and behind a -DPROBE1=1, with and without a word behind it, in the command of
a file whose record depends on what options change: the ABI's types, predefined macros, and PROBE1. The
compiler says the size in an error message, snug in its report. A size that differs is a silent
difference, unless snug names the option (or fails the unit) and says so.

Options stand in chains, each between two macros of its own. A chain that the compiler refuses, or of
which the sizes differ, is halved until one option is left.

    driver_options.py SNUG [--driver g++ ...] [--every N] [--verbose]

Options that end the work without compiling the file have no size to compare and are left out.
"""
import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

# Predefined macros that options of both compilers define or undefine on x86.
MACROS = """__OPTIMIZE__ __OPTIMIZE_SIZE__ __NO_INLINE__ __EXCEPTIONS __cpp_exceptions __GXX_RTTI __cpp_rtti
__STRICT_ANSI__ __CHAR_UNSIGNED__ __WCHAR_UNSIGNED__ __FAST_MATH__ __FINITE_MATH_ONLY__ __PIC__ __pic__ __PIE__
__SSP__ __SSP_STRONG__ __SSP_ALL__ __CET__ _REENTRANT __ELF__ __LP64__ _LP64 __ILP32__ _ILP32 __i386__ __x86_64__
__SSE__ __SSE2__ __SSE3__ __SSSE3__ __SSE4_1__ __SSE4_2__ __SSE4A__ __AVX__ __AVX2__ __AVX512F__ __AVX512BW__
__AVX512VL__ __FMA__ __FMA4__ __F16C__ __BMI__ __BMI2__ __LZCNT__ __POPCNT__ __AES__ __PCLMUL__ __SHA__ __ADX__
__XOP__ __TBM__ __LWP__ __3dNOW__ __MMX__ __FXSR__ __XSAVE__ __RDRND__ __RDSEED__ __PRFCHW__ __MOVBE__ __GFNI__
__VAES__ __VPCLMULQDQ__ __SHSTK__ __WAITPKG__ __SERIALIZE__ __UINTR__ __AMX_TILE__ __PTWRITE__ __PKU__ __RTM__
__CLFLUSHOPT__ __CLWB__ __CLZERO__ __MWAITX__ __RDPID__ __SGX__ __HRESET__ __KL__ __WIDEKL__ __AVXVNNI__
__FSGSBASE__ __XSAVEC__ __XSAVES__ __XSAVEOPT__ __CLDEMOTE__ __MOVDIRI__ __MOVDIR64B__ __ENQCMD__
__SIZEOF_INT128__ __LONG_DOUBLE_64__ __LONG_DOUBLE_128__ _OPENMP _SOFT_FLOAT __NO_MATH_ERRNO__
__cpp_threadsafe_static_init __cpp_sized_deallocation __cpp_aligned_new __cpp_char8_t __cpp_concepts __cpp_modules
__cpp_impl_coroutine __DEPRECATED __SANITIZE_ADDRESS__ __SANITIZE_THREAD__ __USER_LABEL_PREFIX__
__STDC_HOSTED__ __BLOCKS__ __OBJC__""".split()
CHAIN = 16  # Options of one command at first.
MACROS += [f"PROBE{i}" for i in range(CHAIN + 1)]

PROBE = """
struct P {
%(macros)s
  char c1; long l; char c2; long double ld; char c3; wchar_t w; char c4; double d; char c5; long long ll;
  char c6; float f; int b1 : 3; char b2 : 4; long long b3 : 40; char b4 : 2; void *p; char c7;
  enum E { e1, e2 } e; char signedness[(char)-1 < 0 ? 3 : 5]; enum F { f1 = 300 } g; char c8;
  int aligned __attribute__((aligned)); char c9; char size_t_[sizeof(sizeof(0))]; char last;
};
#ifdef __cplusplus
struct B { virtual void f(); char c; };
struct D : B { char d; virtual void g(); long double l; };
#endif
struct %(name)s {
  struct P p; char a;
#ifdef __cplusplus
  D d; char e;
#endif
};
struct %(name)s v;
#ifdef PROBE_SIZE
extern char probe_size[sizeof(struct %(name)s)]; extern char probe_size[1];
#endif
"""


def probe_text(name, cl):
    macros = "\n".join(f"#ifdef {m}\n  char m{i}[{(i * i * 37 + 97) * 16}];\n#endif" for i, m in enumerate(MACROS))
    text = PROBE % {"name": name, "macros": macros}
    if cl:
        text = text.replace("__attribute__((aligned))", "")
    elif "wchar_t" in text:
        text = "#ifndef __cplusplus\ntypedef __WCHAR_TYPE__ wchar_t;\n#endif\n" + text
    return text


def run(words, folder):
    try:
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, timeout=60,
                              stdin=subprocess.DEVNULL, check=False, env={**os.environ, "LC_ALL": "C"})
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode(errors="replace")


def is_clang(driver):
    return "clang" in driver


def is_cl(driver):
    return "clang-cl" in driver


def names_of(driver):
    """The options of the driver's own list. GCC spells many a second time with --machine-, --warn- ..."""
    if is_cl(driver):
        lines = run([driver, "/?"], ".").splitlines()
        names = [re.split(r"[ <\[]", line.strip())[0] for line in lines if re.match(r"  [-/]", line)]
        names += ["-" + name[1:] for name in names if name[0] == "/"]
    elif is_clang(driver):
        lines = run([driver, "--autocomplete=-"], ".").splitlines()
        names = [line.split("\t")[0].strip() for line in lines]
    else:
        names = [name for name in run([driver, "--completion=-"], ".").split() if name[1] != "-"]
        # Long names are second names of short ones; what the driver keeps from its list.
        names += """--define-macro --include-directory --prefix --specs -specs -wrapper -dumpbase -dumpdir -aux-info
            --assert --entry --for-assembler --for-linker --force-link --language --library-directory --output
            --undefine-macro -e -h -R -T -u -z -G -Xassembler -Xlinker -idirafter -imultiarch -B -L -l --imacros
            --include --include-prefix --include-with-prefix --include-with-prefix-before --include-barrier
            --include-directory-after --write-dependencies --write-user-dependencies --ansi --pedantic
            --pedantic-errors --no-standard-includes --machine-32 --machine-avx2 --optimize --optimize=3 --debug
            --std=c++11 --std --param --sysroot --sysroot= --dump --static --shared --pipe --undefine-macro=X
            --define-macro=Y --unsigned-char --signed-char --all-warnings --save-temps --verbose""".split()
    return sorted({name for name in names if re.match("^[-/].", name)})


def options_of(driver, wanted):
    """Those names, and where a value is joined the ones that the driver knows, else numbers."""
    options = []
    for name in wanted:
        options.append(name)
        if not name.endswith(("=", ":")):
            continue
        values = ["1", "8"]
        if is_clang(driver) and not is_cl(driver):
            said = [v.split("\t")[0] for v in run([driver, "--autocomplete=" + name], ".").splitlines()]
            values = [v for v in said if v and not v.startswith("-")][:12] or values
        options += [name + value for value in values]
    return options


# They start other programs, wait for input, or say nothing about the file.
SKIPPED = re.compile(r"^(--?help.*|--?version|-###|--param.*|-fself-test.*|-wrapper.*|@.*|-cc1.*|--?completion.*"
                     r"|-foffload.*|--offload.*|--cuda.*|--hip.*|-flto.*|-fsyntax-only|--driver-mode.*|--autocomplete.*)$")


# Options that choose another target: what stands beside them would hide behind it.
ALONE = re.compile("^-(m32|mx32|m16|arch|-?target|mabi|march|E|S|M).*$")


class Chain:
    """Options in one command, with or without a word behind each."""
    def __init__(self, options, value, number):
        self.options, self.value, self.number = options, value, number
        self.compiled = None

    def words(self, cl):
        define = "/DPROBE" if cl else "-DPROBE"
        words = [define + "0=1"]
        for at, option in enumerate(self.options, 1):
            words += [option, *(["probe_value"] if self.value else []), f"{define}{at}=1"]
        return words

    def halves(self, number):
        middle = len(self.options) // 2
        return [Chain(part, self.value, number + at)
                for at, part in enumerate((self.options[:middle], self.options[middle:]))]


def chains(options, number):
    alone = [o for o in options if ALONE.match(o)]
    together = [o for o in options if not ALONE.match(o)]
    parts = [[o] for o in alone] + [together[at:at + CHAIN] for at in range(0, len(together), CHAIN)]
    return [Chain(part, value, number + 2 * at + value) for at, part in enumerate(parts)
            for value in (False, True)]


def compiler_size(driver, words, file, folder):
    define = ("/DPROBE_SIZE" if is_cl(driver) else "-DPROBE_SIZE")
    end = ["/Zs"] if is_cl(driver) else ["-fsyntax-only"]
    text = run([driver, define, *words, *end, file], folder)
    sizes = {int(n) for n in re.findall(r"char[ a-z_]*\[(\d+)\]", text)} - {1}
    return sizes.pop() if len(sizes) == 1 else None


def snug_sizes(snug, entries, folder):
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as out:
        json.dump([{"directory": folder, "file": file, "arguments": [driver, *words, "-c", file]}
                   for driver, words, file in entries], out)
    done = subprocess.run([snug, "check", "--format", "json", "-p", folder, "--root", folder, "--keep-going",
                           "--layout-only", "--checks", "odr-layout", "--fail-on", "never"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, cwd=folder)
    try:
        report = json.loads(done.stdout)
    except ValueError:
        sys.exit("snug printed no report: " + done.stderr.decode(errors="replace")[-2000:])
    sizes = {r["name"]: r["size"] for r in report["records"]}
    units = {os.path.basename(u["file"]): u for u in report["units"]}
    return sizes, units


def one_target(entries):
    """snug reports for one target: those of another one go into a run of their own."""
    groups = {}
    for entry in entries:
        other = tuple(w for w in entry[1] if w in ("-m32", "-mx32", "-m16") or "target" in w or w.startswith("-arch"))
        groups.setdefault(other, []).append(entry)
    return groups.values()


def verdict(words, size, found, unit, option):
    """None if snug and the compiler agree or snug said why not, else the row of a difference."""
    if found == size:
        return "same"
    if found is None and unit["status"] != "ok" and unit["problems"]:
        return "told"
    named = option.lstrip("-/").split("=")[0]
    if any(named in problem for problem in unit["problems"]):
        return "told"
    return (words, size, found, unit["status"], unit["problems"][:2])


def compare(snug, driver, options, folder, verbose):
    cl = is_cl(driver)
    ending = ".c" if driver.split("-")[0] in ("gcc", "cc") or driver in ("clang", "clang-22") else ".cpp"
    with open(os.path.join(folder, "probe_value"), "w", encoding="utf-8"):
        pass
    waiting = chains([option for option in options if not SKIPPED.match(option)], 0)
    made, compared, differ, told, refused = len(waiting), set(), [], 0, 0
    while waiting:
        for chain in waiting:
            chain.file = f"probe_{chain.number}{ending}"
            with open(os.path.join(folder, chain.file), "w", encoding="utf-8") as out:
                out.write(probe_text(f"Probe_{chain.number}", cl))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            said = list(pool.map(lambda c: compiler_size(driver, c.words(cl), c.file, folder), waiting))
        for chain, size in zip(waiting, said):
            chain.compiled = size
        halved = [chain for chain in waiting if chain.compiled is None]
        kept = [chain for chain in waiting if chain.compiled is not None]
        for group in one_target([(driver, chain.words(cl), chain.file, chain) for chain in kept]):
            sizes, units = snug_sizes(snug, [entry[:3] for entry in group], folder)
            for _, words, file, chain in group:
                unit = units.get(file, {"status": "absent", "problems": []})
                found = sizes.get(f"Probe_{chain.number}")
                result = verdict(words, chain.compiled, found, unit, chain.options[0])
                if result == "same":
                    compared.update(chain.options)
                elif len(chain.options) > 1:
                    halved.append(chain)
                elif result == "told":
                    compared.update(chain.options)
                    told += 1
                    if verbose:
                        print("  told:", " ".join(words), unit["status"], unit["problems"][:2])
                else:
                    compared.update(chain.options)
                    differ.append(result)
        refused += sum(len(chain.options) == 1 for chain in halved)
        waiting = []
        for chain in halved:
            if len(chain.options) > 1:
                waiting += chain.halves(made)
                made += 2
    print(f"{driver}: {len(compared)} options in {made} commands, {len(differ)} silent differences, {told} told, "
          f"{refused} refused by the compiler")
    for row in differ:
        print("  DIFFERS", *row)
    if 3 * told > len(compared):
        print(f"{driver}: snug reads too few of its commands")
        return len(differ) + 1, len(compared)
    return len(differ), len(compared)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("snug")
    parser.add_argument("--driver", nargs="+", default=["g++", "gcc", "clang++-22", "clang-22", "clang-cl-22"])
    parser.add_argument("--every", type=int, default=1, help="try each Nth option only")
    parser.add_argument("--only", default="", help="regular expression for the options to try")
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    failures = 0
    for driver in asked.driver:
        if subprocess.run(["which", driver], stdout=subprocess.DEVNULL, check=False).returncode != 0:
            print(f"{driver}: not on this machine")
            continue
        names = [name for name in names_of(driver) if not asked.only or re.search(asked.only, name)]
        chosen = options_of(driver, names[::asked.every])
        with tempfile.TemporaryDirectory(prefix="snug-options-") as folder:
            differ, tried = compare(asked.snug, driver, chosen, folder, asked.verbose)
        failures += differ
        if tried == 0:
            print(f"{driver}: nothing was compared")
            failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
