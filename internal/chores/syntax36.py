"""Checks that files have the syntax of Python 3.6: python3 syntax36.py FILE... Needs Python 3.8 or later."""
import ast
import sys

if sys.version_info < (3, 8):
    sys.exit("python3 is %s: checking for 3.6 syntax needs 3.8 or later" % sys.version.split()[0])
bad = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as source:
        try:
            ast.parse(source.read(), path, feature_version=(3, 6))
        except SyntaxError as err:
            bad += 1
            print("%s:%s: %s" % (path, err.lineno, err.msg))
sys.exit("%d files do not have the syntax of Python 3.6" % bad if bad else 0)
