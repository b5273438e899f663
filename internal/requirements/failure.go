package requirements

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// unreachable are parts of what pip writes if it cannot reach an index.
var unreachable = []string{
	"NewConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "SSLError", "connection broken by",
	"Temporary failure in name resolution", "Failed to establish a new connection",
}

// failure explains why pip has failed.
func failure(output string, to target, err error) error {
	missing := between(output, "No matching distribution found for ", "\n")
	switch {
	case slices.ContainsFunc(unreachable, func(part string) bool { return strings.Contains(output, part) }):
		return fmt.Errorf("pip cannot reach the package index (%s): check the network, PIP_INDEX_URL and HTTPS_PROXY, "+
			"or name a folder with the wheels in PIP_FIND_LINKS; once installed, the packages are in the cache folder",
			unreachableReason(output))
	case strings.Contains(output, "is not a trusted or secure host"):
		return fmt.Errorf("pip ignores the package index of %s, because it has no https: use https, or name the host "+
			"in PIP_TRUSTED_HOST", between(output, "The repository located at ", " "))
	case missing != "" && strings.Contains(output, "from versions: "):
		return noWheel(strings.TrimSpace(missing), output, to)
	case strings.Contains(output, "is not a supported wheel on this platform"):
		file, _, _ := strings.Cut(errorLine(output), " is not a supported wheel")
		return fmt.Errorf("%s is not a wheel for %s: download or build the one for it", file, to)
	case strings.Contains(output, "DO NOT MATCH THE HASHES"):
		return fmt.Errorf("%s does not have the hash that the file states: compare the hashes, and accept the new one "+
			"only if you know why it has changed", strings.TrimSpace(between(output, "tampered with them.", " from ")))
	case strings.Contains(output, "Hashes are required in --require-hashes mode"),
		strings.Contains(output, "must have their versions pinned with =="):
		return errors.New("with hashes, each package, also one that another requires, needs a version with == and " +
			"a hash: write the whole file with pip-compile --generate-hashes")
	case strings.Contains(output, "Invalid requirement"):
		return fmt.Errorf("%s: write, for example, jmespath==1.1.0", errorLine(output))
	case strings.Contains(output, "ResolutionImpossible"):
		return fmt.Errorf("the requirements contradict each other: %s: change one of the versions", conflict(output))
	case strings.Contains(output, "No space left"):
		return fmt.Errorf("the disk is full: free some space in the cache folder and in %s, or set TMPDIR",
			os.TempDir())
	case strings.Contains(output, "Operation cancelled by user"):
		return errors.New("interrupted")
	case strings.HasPrefix(err.Error(), "signal: "):
		return fmt.Errorf("pip was ended from outside (%w), perhaps because the memory is used up: build again", err)
	}
	return fmt.Errorf("pip has failed (%w): %s", err, errorLine(output))
}

// noWheel is the error about a package without a wheel for the system.
func noWheel(requirement, output string, to target) error {
	requirement, _, _ = strings.Cut(requirement, " (from ")
	available := "the index has no version of it with such a wheel, has no such package, or does not answer"
	if versions := between(output, "(from versions: ", ")"); versions != "" && versions != "none" {
		all := strings.Split(versions, ", ")
		available = "these versions have one: " + strings.Join(all[max(0, len(all)-5):], ", ")
	}
	return fmt.Errorf("%s has no wheel for %s; %s: choose another version or runtime (SPARTA_PYTHON), or build a "+
		"wheel in a container of Lambda's system (public.ecr.aws/sam/build-python%s) and name its file here",
		requirement, to, available, to.python)
}

// unreachableReason returns what the system says about a connection, or else pip's error.
func unreachableReason(output string) string {
	if _, reason, ok := strings.Cut(between(output, "[Errno ", "'"), "] "); ok {
		return reason
	}
	return errorLine(output)
}

// between returns the text after the first start, up to the next end, or "".
func between(text, start, end string) string {
	_, rest, found := strings.Cut(text, start)
	if !found {
		return ""
	}
	middle, _, _ := strings.Cut(rest, end)
	return middle
}

// errorLine returns pip's error, or else its last line.
func errorLine(output string) string {
	for line := range strings.Lines(output) {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "ERROR: "); ok {
			if text == "Exception:" { // its traceback follows
				break
			}
			return strings.TrimSuffix(text, ".")
		}
	}
	return lastLine(output)
}

func lastLine(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// conflict returns the lines in which pip says what contradicts what.
func conflict(output string) string {
	_, rest, found := strings.Cut(output, "The conflict is caused by:")
	if !found {
		return errorLine(output)
	}
	var lines []string
	for line := range strings.Lines(strings.TrimSpace(rest)) {
		text := strings.TrimSpace(line)
		if text == "" {
			break
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, ", ")
}
