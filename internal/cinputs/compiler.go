package cinputs

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// SearchOf asks a C compiler, such as "gcc -m64", where it and its linker search. The result includes what environment
// variables, such as CPATH, add. It is empty for a compiler that does not have these flags.
func SearchOf(ctx context.Context, compiler []string, language string) Search {
	if len(compiler) == 0 {
		return Search{}
	}
	ask := func(args ...string) []byte {
		cmd := exec.CommandContext(ctx, compiler[0], append(compiler[1:len(compiler):len(compiler)], args...)...)
		cmd.Env = append(cmd.Environ(), "LC_ALL=C")
		output, err := cmd.CombinedOutput()
		if err != nil {
			return nil
		}
		return output
	}
	return Search{
		Headers: existing(headersOf(ask("-E", "-v", "-x", language, "-"))),
		Libraries: existing(append(filepath.SplitList(os.Getenv("LIBRARY_PATH")),
			librariesOf(ask("-print-search-dirs"))...)),
	}
}

// headersOf reads the list of folders in the output of a compiler's -v.
func headersOf(output []byte) []string {
	var found []string
	listed := false
	for lines := bufio.NewScanner(bytes.NewReader(output)); lines.Scan(); {
		line := lines.Text()
		switch {
		case strings.HasSuffix(line, "search starts here:"):
			listed = true
		case strings.HasPrefix(line, "End of search list"):
			return found
		case listed && strings.HasPrefix(line, " "):
			found = append(found, strings.TrimSuffix(strings.TrimSpace(line), " (framework directory)"))
		}
	}
	return found
}

// librariesOf reads the list of folders in the output of a compiler's -print-search-dirs.
func librariesOf(output []byte) []string {
	for lines := bufio.NewScanner(bytes.NewReader(output)); lines.Scan(); {
		if list, ok := strings.CutPrefix(lines.Text(), "libraries: "); ok {
			return filepath.SplitList(strings.TrimPrefix(list, "="))
		}
	}
	return nil
}
