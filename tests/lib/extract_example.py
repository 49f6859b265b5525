#!/usr/bin/env python3
"""Writes the example of a header as a program: extract_example.py HEADER OUTPUT

The example is the run of lines after `// Example:`, each `//` alone or `//` and five spaces.
"""
import sys


def example_of(text):
    lines = iter(text.splitlines())
    for line in lines:
        if line == "// Example:":
            break
    else:
        return None
    body = []
    for line in lines:
        if line == "//":
            body.append("")
        elif line.startswith("//     "):
            body.append(line[7:])
        else:
            break
    return "\n".join(body).strip("\n") + "\n"


def main():
    header, output = sys.argv[1:]
    with open(header, encoding="utf-8") as file:
        example = example_of(file.read())
    if example is None or "int main()" not in example:
        sys.exit(f"{header}: no runnable example (a line `// Example:` followed by `//     int main() ...`)")
    with open(output, "w", encoding="utf-8") as file:
        file.write(example)


main()
