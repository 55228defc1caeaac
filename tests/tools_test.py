"""The tools of the house: tidy finds what is planted, embed packs, errors and suite tell truth."""

import os
import re
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

TOOLS = Path(__file__).resolve().parent.parent / "tools"

SPEC = "- **EX1** One.\n- **EX2** Two\n  lines. (unproven: read by people)\n"
HEADER = "// What it is.\n#pragma once\n"


def run(tool, *arguments):
    command = [sys.executable, TOOLS / tool, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


class Tidy(Folder):
    """A tree without findings, to which each test adds one file."""

    def setUp(self):
        super().setUp()
        self.write(".clang-format", "BasedOnStyle: Google\nColumnLimit: 100\n")
        self.write("docs/spec.md", SPEC)
        self.write("tests/unit/a_test.cpp", 'TEST_CASE("EX1 works") {}\n')

    def tidy(self):
        return run("tidy", "--root", self.root).stdout.splitlines()

    def finds(self, path, text, rule, line=1):
        self.write(path, text)
        found = self.tidy()
        self.assertTrue(any(re.match(rf"{re.escape(path)}:{line}: {rule} ", row) for row in found),
                        f"no {rule} at {path}:{line} in {found}")

    def passes(self, path, text):
        self.write(path, text)
        self.assertEqual(self.tidy(), [])

    def test_hs1_an_include_up_is_found(self):
        self.finds("src/core/a.cpp", '#include "base/a.h"\n#include "app/a.h"\n', "HS1", 2)

    def test_hs1_an_include_sideways_is_found(self):
        self.finds("src/store/sqlite/a.cpp", '#include "net/a.h"\n', "HS1")

    def test_hs1_an_include_not_written_from_src_is_found(self):
        self.finds("src/core/a.cpp", '#include "a.h"\n', "HS1")

    def test_hs1_includes_down_and_of_the_own_folder_pass(self):
        self.passes("src/store/sqlite/b.cpp", "#include \"app/a.h\"\n#include \"store/a.h\"\n")

    def test_hs2_a_foreign_header_on_a_wrong_floor_is_found(self):
        for place, header in [("core/a.cpp", "boost/asio/awaitable.hpp"), ("app/a.cpp", "sqlite3.h"),
                              ("store/a.cpp", "boost/beast/http.hpp"), ("net/a.cpp", "boost/json.hpp"),
                              ("base/text.cpp", "openssl/sha.h"), ("net/a.cpp", "spdlog/spdlog.h"),
                              ("base/a.cpp", "unistd.h"), ("net/a.cpp", "curl/curl.h/x")]:
            self.finds(f"src/{place}", f"#include <{header}>\n", "HS2")

    def test_hs2_foreign_headers_at_home_pass(self):
        for place, header in [("base/hash.cpp", "openssl/sha.h"), ("net/a.cpp", "sys/socket.h"),
                              ("core/a.cpp", "fmt/format.h"), ("protocol/a.cpp", "boost/json.hpp"),
                              ("core/a.cpp", "vector"), ("store/a.cpp", "thread")]:
            self.passes(f"src/{place}", f"#include <{header}>\n")

    def test_hs3_a_clock_outside_adapters_is_found(self):
        for call in ["std::chrono::steady_clock::now()", "clock_gettime(0, &t)", "time(nullptr)"]:
            self.finds("src/app/a.cpp", f"auto a = {call};\n", "HS3")

    def test_hs3_clocks_in_adapters_comments_and_strings_pass(self):
        self.passes("src/net/a.cpp", "auto a = std::chrono::steady_clock::now();\n")
        self.passes("src/core/a.cpp", "// time(nullptr)\nauto a = \"time(nullptr)\";\n")

    def test_hs4_randomness_outside_main_is_found(self):
        for call in ["std::random_device{}()", "rand()", "getrandom(p, 1, 0)", "RAND_bytes(p, 1)"]:
            self.finds("src/net/a.cpp", f"auto a = {call};\n", "HS4")

    def test_hs5_threads_outside_adapters_are_found(self):
        self.finds("src/app/a.cpp", "#include <mutex>\n", "HS2")
        self.finds("src/protocol/a.cpp", "extern std::mutex m;\n", "HS5")

    def test_hs6_a_detached_coroutine_is_found(self):
        text = "void f() { co_spawn(x, g, asio::detached); }\n"
        self.passes("src/app/scope.cpp", text)
        self.finds("src/app/scopes.cpp", text, "HS6")
        self.finds("src/net/a.cpp", text, "HS6")

    def test_hs7_headers_are_checked(self):
        self.finds("src/core/a.h", HEADER + "using namespace std;\n", "HS7", 3)
        self.finds("src/core/b.h", "#pragma once\nstruct A {};\n", "HS7")
        self.finds("src/core/c.h", "// What it is.\n", "HS7")

    def test_hs7_a_leftover_is_found(self):
        self.finds("web/src/a.ts", "let a;\n// TO" "DO later\n", "HS7", 2)

    def test_hs8_sizes_are_checked(self):
        self.finds("web/src/a.tsx", "a;\n" * 401, "HS8", 401)
        self.finds("src/core/a.cpp", "// " + "a" * 98 + "\n", "HS8")

    def test_hs8_a_long_function_is_found_where_it_begins(self):
        body = "  a();\n" * 59
        heads = ["void f() {", "A::A(int a) : a_{a}, b_(a) {", "auto f() -> int {",
                 'TEST_CASE("EX1 a") {']
        for head in heads:
            self.write("src/core/a.cpp", f"namespace a {{\n\n{head}\n{body}}}\n\n}}  // namespace a\n")
            self.assertEqual([row for row in self.tidy() if "function" in row],
                             ["src/core/a.cpp:3: HS8 61 lines in a function, 60 at most"])

    def test_hs8_a_long_class_of_short_functions_passes(self):
        methods = "  void f() { a(); }\n" * 80
        self.passes("src/core/a.cpp", f"struct A {{\n{methods}}};\n")

    def test_hs8_a_wide_interface_is_found(self):
        method = "  virtual int f() const = 0;\n"
        self.finds("src/core/a.h", HEADER + f"struct A {{\n{method * 13}}};\n", "HS8", 3)
        self.passes("src/core/a.h", HEADER + f"struct A {{\n{method * 12}}};\n")

    def test_hs9_unformatted_code_is_found(self):
        self.finds("src/core/a.cpp", "int a;\nint  b;\n", "HS9", 2)

    def test_hs10_a_test_without_a_rule_is_found(self):
        self.finds("tests/unit/b_test.cpp", 'TEST_CASE("works") {}\n', "HS10")
        self.finds("web/src/b.test.ts", 'it("works", () => {});\n', "HS10")
        self.finds("web/src/c.test.ts", 'test.each([[f(1)]])(\n  "works", () => {});\n', "HS10", 2)
        self.finds("tests/b_test.py", "def test_works(): pass\n", "HS10")

    def test_hs10_a_rule_that_the_spec_lacks_is_found(self):
        self.finds("tests/e2e/b.test.ts", 'test("EX1 EX9 works", () => {});\n', "HS10")
        self.finds("tests/sql/b.sql", "select ok(true, 'EX1 EX9 works');\n", "HS10")

    def test_hs11_a_rule_without_a_test_is_found(self):
        self.finds("docs/spec.md", SPEC + "- **EX3** Three.\n", "HS11", 4)

    def test_hs11_an_unproven_rule_with_a_test_is_found(self):
        self.write("tests/b_test.py", "def test_ex2_works(): pass\n")
        self.finds("docs/spec.md", SPEC, "HS11", 2)

    def test_hs11_every_kind_of_test_counts(self):
        self.write("docs/spec.md", "".join(f"- **EX{n}** Rule.\n" for n in range(1, 10)))
        self.write("tests/sql/d.sql", "select ok(true, 'EX8 EX9 works');\n")
        self.write("web/src/b.test.ts", 'it("EX2 EX3 works", f); const c = [{ rule: "EX4" }];\n')
        self.write("tests/e2e/c.test.ts", 'test(`EX5 ${name}`, f);\n')
        self.passes("tests/b_test.py", "def test_ex6_ex7_works(): pass\n")
        table = run("tidy", "--root", self.root, "--rules").stdout
        self.assertIn("9 of 9 rules have a test", table)


class Embed(Folder):
    def test_hs12_a_file_is_packed_with_type_etag_and_compressed_forms(self):
        self.write("dist/index.html", "<p>" + "a" * 1000)
        self.write("dist/assets/a-1.js", "a")
        self.assertEqual(run("embed", "assets", self.root / "dist", self.root / "out").stderr, "")
        rows = [line.strip() for line in (self.root / "out.cpp").read_text().splitlines()
                if line.strip().startswith('{"')]
        self.assertRegex(rows[0], r'^\{"/assets/a-1.js", "text/javascript; charset=utf-8", '
                                  r'"\\"[0-9a-f]{16}\\"", \{\w+ \+ 0, 1\}, \{\}, \{\}, true\},$')
        self.assertRegex(rows[1], r'^\{"/index.html", "text/html; charset=utf-8", .*'
                                  r'\{\w+ \+ 1, 1003\}, \{\w+ \+ 1004, \d\d\}, .*, false\},$')

    def test_hs12_files_and_folders_are_packed_together_in_order_of_their_names(self):
        self.write("dist/z.txt", "z")
        self.write("docs/m.json", "{}")
        self.write("page/a.txt", "a")
        sources = [self.root / name for name in ("dist", "docs/m.json", "page")]
        self.assertEqual(run("embed", "assets", *sources, self.root / "out").stderr, "")
        self.assertEqual(re.findall(r'\{"(/[^"]+)"', (self.root / "out.cpp").read_text()),
                         ["/a.txt", "/m.json", "/z.txt"])

    def test_hs12_two_files_of_one_name_stop_the_build(self):
        self.write("dist/a.txt", "one")
        self.write("page/a.txt", "another")
        result = run("embed", "assets", self.root / "dist", self.root / "page", self.root / "out")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("page/a.txt: ", result.stderr)

    def test_hs12_a_missing_folder_is_an_empty_table(self):
        self.assertEqual(run("embed", "assets", self.root / "none", self.root / "out").returncode, 0)
        self.assertIn("std::array<Asset, 0>", (self.root / "out.cpp").read_text())

    def test_hs12_a_gap_in_the_migrations_stops_the_build(self):
        self.write("sql/0001_create_sessions.sql", "select 1;")
        self.write("sql/0003_add_invites.sql", "select 1;")
        result = run("embed", "migrations", self.root / "sql", self.root / "out")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("0003_add_invites.sql: expected 0002_verb_noun.sql", result.stderr)


class Errors(Folder):
    """The web client's table of errors is made from the server's."""

    TABLE = '#define TF_ERRORS(X) \\\n  X(gone, 410, false, "Gone", "It\'s \\"gone\\".") \\\n'

    def test_er2_the_committed_table_is_the_one_that_would_be_made(self):
        self.assertEqual(run("errors", "--check").stderr, "")

    def test_er2_a_changed_row_makes_it_out_of_date(self):
        self.write("src/base/error_table.h", self.TABLE)
        self.write("web/packages/client/src/wire/error_table.ts", "")
        self.assertEqual(run("errors", "--root", self.root, "--check").returncode, 1)
        self.assertEqual(run("errors", "--root", self.root).returncode, 0)
        self.assertEqual(run("errors", "--root", self.root, "--check").returncode, 0)
        made = (self.root / "web/packages/client/src/wire/error_table.ts").read_text(encoding="utf-8")
        self.assertIn("status: 410, retryable: false, title: 'Gone'", made)
        self.assertIn("'It\\'s \"gone\".'", made)

    def test_er2_a_row_that_cannot_be_read_is_an_error(self):
        self.write("src/base/error_table.h", self.TABLE + "  X(odd, NAN, false, title, sentence)\n")
        self.assertEqual(run("errors", "--root", self.root).returncode, 1)


class Suite(Folder):
    def counts(self, kind, output, status=0):
        results = self.root / "results.tsv"
        script = f"import sys; print({output!r}); sys.exit({status})"
        run("suite", "run", results, "a suite", kind, sys.executable, "-c", script)
        report = run("suite", "report", results)
        return report.returncode, report.stdout.splitlines()[-1]

    def test_hs13_doctest_is_counted(self):
        summary = "[doctest] test cases:  12 |  11 passed | 1 failed | 0 skipped"
        self.assertEqual(self.counts("doctest", summary, 1), (1, "11 passed, 1 failed"))

    def test_hs13_unittest_is_counted(self):
        summary = "Ran 5 tests in 0.1s\n\nFAILED (failures=1, errors=1)"
        self.assertEqual(self.counts("unittest", summary, 1), (1, "3 passed, 2 failed"))

    def test_hs13_node_is_counted(self):
        summary = "ℹ pass 3\nℹ fail 0\nℹ cancelled 0"
        self.assertEqual(self.counts("node", summary), (0, "3 passed, 0 failed"))

    def test_hs13_vitest_is_counted(self):
        summary = " Test Files  2 passed (2)\n      Tests  1 failed | 4 passed (5)"
        self.assertEqual(self.counts("vitest", summary, 1), (1, "4 passed, 1 failed"))

    def test_hs13_a_crash_counts_as_failed(self):
        self.assertEqual(self.counts("doctest", "Segmentation fault", 139), (1, "0 passed, 1 failed"))

    def test_hs13_a_bad_end_after_good_tests_counts_as_failed(self):
        summary = "[doctest] test cases: 2 | 2 passed | 0 failed | 0 skipped"
        self.assertEqual(self.counts("doctest", summary, 1), (1, "2 passed, 1 failed"))

    def test_hs13_silence_counts_as_failed(self):
        self.assertEqual(self.counts("node", "nothing"), (1, "0 passed, 1 failed"))

    def test_hs13_a_suite_that_hangs_is_ended_at_its_limit(self):
        with unittest.mock.patch.dict(os.environ, {"TAROTFORGE_SUITE_SECONDS": "1"}):
            self.assertEqual(self.counts("step", "", "__import__('time').sleep(60)"),
                             (1, "0 passed, 1 failed"))

    def test_hs13_a_suite_without_tests_counts_as_failed(self):
        summary = "[doctest] test cases: 0 | 0 passed | 0 failed | 0 skipped"
        self.assertEqual(self.counts("doctest", summary), (1, "0 passed, 1 failed"))


if __name__ == "__main__":
    unittest.main()
