package fingerprint

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// searchPathOf asks a C compiler, such as "gcc -m64", where it and its linker search. The result includes what
// environment variables, such as CPATH, add. It is empty for a compiler that does not have these flags.
func searchPathOf(ctx context.Context, compiler []string, language string) searchPath {
	if len(compiler) == 0 {
		return searchPath{}
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
	headers := make(chan []byte, 1)
	go func() { headers <- ask("-E", "-v", "-x", language, "-") }()
	libraries := librariesOf(ask("-print-search-dirs"))
	return searchPath{
		Headers:   existing(headersOf(<-headers)),
		Libraries: existing(append(filepath.SplitList(os.Getenv("LIBRARY_PATH")), libraries...)),
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
