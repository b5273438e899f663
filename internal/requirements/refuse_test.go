package requirements_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRefusedRequirements(t *testing.T) {
	index := wheels(t, "native-1.0-cp313-cp313-macosx_11_0_arm64", "red-1.0-py3-none-any", "red-2.0-py3-none-any")
	hash := " --hash=sha256:" + strings.Repeat("0", 64)
	for name, test := range map[string]struct{ text, want string }{
		"no wheel for Lambda": {"native==1.0\n", "native==1.0 has no wheel for python3.13, x86_64, glibc 2.34"},
		"no such version":     {"red==3.0\n", "these versions have one: 1.0, 2.0: choose another version or runtime"},
		"a wrong hash":        {"red==1.0" + hash + "\n", ": red==1.0 does not have the hash"},
		"a hash is missing":   {"--require-hashes\nred==1.0\n", "write the whole file with pip-compile"},
		"a contradiction":     {"red==1.0\nred==2.0\n", "requirements"},
		"no requirement":      {"# none\n\n", "it has no requirement: add one"},
		"not a requirement":   {"red==1.0\n=== red\n", `line 2 of requirements.txt: "=== red"`},
		"a wrong version":     {"red=1\n", "write, for example, jmespath==1.1.0"},
		"a binary file":       {"\x00\x01", "requirements.txt is not a text file"},
		"a folder":            {"red\n./\n", "line 2 of requirements.txt: ./ is a folder"},
		"a folder's URL":      {"x @ file://" + index + "\n", " is a folder, whose changes nobody would notice"},
		"an editable folder":  {"-e .\n", "put Python code of your own into the folder of SPARTA_PYTHON_DIR"},
		"a repository":        {"x @ git+https://example.com/x\n", "a repository has no wheel for Lambda"},
		"an editable repository": {
			"-e git+https://example.com/x@main#egg=x\n", "a repository has no wheel for Lambda",
		},
		"sources":          {"--no-binary red\nred\n", "--no-binary would compile a package for this machine"},
		"an archive":       {"./requirements.txt\n", "requirements.txt is not a wheel (*.whl), and pip would"},
		"an archive's URL": {"x[y]@https://example.com/x-1.tar.gz\n", "x-1.tar.gz is not a wheel (*.whl)"},
		"a missing archive": {
			"x-1.0.tar.gz\n", "no such file or directory: correct the path, which is relative to the folder of",
		},
		"a missing wheel":         {"./x.whl[extra]\n", "x.whl: no such file or directory: correct the path"},
		"a missing file":          {"-r more.txt\n", "more.txt: create it, or correct the path, which is relative to"},
		"a missing quoted file":   {"-r 'more of it.txt' \n", "/more of it.txt: create it, or correct the path"},
		"a folder of files":       {"-r .\n", "is a directory: name a file with a requirement on each line"},
		"a file elsewhere":        {"-r https://example.com/x.txt\n", "download it, and name the copy"},
		"after a comment with \\": {"# red \\\n-e .\n", "line 2 of requirements.txt: . is a folder"},
		"nothing but a \\":        {"\\\n", "it has no requirement"},
		"a wheel of another system": {
			filepath.Join(index, "native-1.0-cp313-cp313-macosx_11_0_arm64.whl") + "\n",
			"macosx_11_0_arm64.whl is not a wheel for python3.13, x86_64, glibc 2.34: download or build",
		},
		"nothing applies": {"red; python_version < '3'\n", "no requirement applies to python3.13"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := prepare(t, test.text, "python3.13", "amd64")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
			left, err := filepath.Glob(filepath.Join(cacheFolder(), ".*"))
			if err != nil || len(left) > 0 {
				t.Errorf("%v are left (error %v)", left, err)
			}
		})
	}
}

// failing is a Python with a pip that prints this text and fails.
func failing(text string) map[string]string {
	const script = `[ $# = 2 ] || { while read -r line; do echo "$line"; done; exit 1; } <<'END'`
	return map[string]string{"python3": script + "\n" + text + "\nEND"}
}

func TestPipFails(t *testing.T) {
	wheels(t)
	for name, test := range map[string]struct {
		scripts map[string]string
		want    string
	}{
		"no Python":            {nil, "no Python with pip is on PATH: install it (Debian: apt-get install python3-pip"},
		"a Python without pip": {map[string]string{"python3": "echo no module pip; exit 1"}, "no module pip"},
		"no network": {
			failing("after connection broken by 'NewConnectionError('<...>: [Errno 113] No route to host')': /simple/"),
			"pip cannot reach the package index (No route to host): check the network",
		},
		"no certificate": {
			failing("SSLError(...)\nERROR: No matching distribution found for red"),
			"package index (No matching distribution found for red)",
		},
		"an index without https": {
			failing("WARNING: The repository located at local is not a trusted or secure host and is being ignored."),
			"pip ignores the package index of local, because it has no https",
		},
		"a full disk": {failing("OSError: [Errno 28] No space left on device"), "the disk is full: free some space in"},
		"Ctrl-C":      {failing("ERROR: Operation cancelled by user"), ": interrupted"},
		"a crash":     {failing("ERROR: Exception:\nTraceback\nKeyError: x"), "pip has failed (exit status 1): Key"},
		"the end of the process": {
			map[string]string{"python3": "[ $# = 2 ] || kill -9 $$"},
			"pip was ended from outside (signal: killed), perhaps because the memory is used up: build again",
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for script, text := range test.scripts {
				path := filepath.Join(dir, script)
				if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("PATH", dir)
			_, _, err := prepare(t, "red\n", "python3.13", "amd64")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}
