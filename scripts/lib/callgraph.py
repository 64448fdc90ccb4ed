"""Turns what callgrind has counted into the call graph that LLVM's linker orders functions by.

    callgraph.py PROGRAM COUNTS... > GRAPH

COUNTS are written by "valgrind --tool=callgrind --demangle=no" when it ran PROGRAM. A line of
GRAPH is a caller, whom it calls, and how often. Functions of libraries are left out, and those
without a name of their own, of which callgrind gives a place.
"""

import collections
import re
import sys

NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_.$]*")


def calls(program, path):
    """Each place in the program that calls into it: the caller, whom, how often."""
    names, objects = {}, {}

    def named(texts, text):
        # "(12) name" where it is met first, then "(12)".
        number, _, new = text.partition(" ")
        if new:
            texts[number] = re.sub(r"'\d+$", "", new)  # a recursion is "name'2"
        return texts[number]

    here = there = caller = callee = None
    with open(path) as lines:
        for line in lines:
            kind, _, rest = line.rstrip("\n").partition("=")
            if kind == "ob":
                here = named(objects, rest)
            elif kind == "fn":
                caller = named(names, rest)
            elif kind == "cob":
                there = named(objects, rest)
            elif kind == "cfn":
                callee = named(names, rest)
            elif kind == "calls":
                if program == here and there in (None, here):
                    yield caller, callee, int(rest.split()[0])
                there = None  # said only where it is another


def main(program, *paths):
    graph = collections.Counter()
    for path in paths:
        for caller, callee, count in calls(program, path):
            if caller != callee and NAME.fullmatch(caller) and NAME.fullmatch(callee):
                graph[caller, callee] += count
    for (caller, callee), count in sorted(graph.items()):
        print(caller, callee, count)


main(*sys.argv[1:])
