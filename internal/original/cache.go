package original

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/workspace"
)

// kept is the record of what was rendered last.
type kept struct {
	Run     string // the target's run and the arguments
	Program string // SHA-256 of the application's program
	Rendered
}

// Last returns what the program has rendered last: in this run of a target with the same arguments or, if no run is
// named, in any. Otherwise it returns nil.
func (o Options) Last(run string) *Rendered {
	content, err := os.ReadFile(o.record())
	var last kept
	if err != nil || json.Unmarshal(content, &last) != nil {
		return nil
	}
	sum, err := checksum(o.Program)
	if err != nil || sum != last.Program || run != "" && o.key(run) != last.Run {
		return nil
	}
	return &last.Rendered
}

// Keep records what was rendered in a run of a target.
func (o Options) Keep(run string, rendered *Rendered) error {
	sum, err := checksum(o.Program)
	if err != nil {
		return err
	}
	content, err := json.Marshal(kept{o.key(run), sum, *rendered})
	if err != nil {
		return err
	}
	return files.WritePrivate(o.record(), content)
}

func (o Options) record() string {
	return filepath.Join(o.Workspace, workspace.OriginalFolder, "rendered.json")
}

func (o Options) key(run string) string {
	return strings.Join(append([]string{run, o.Region, o.Profile}, o.Arguments...), "\n")
}

func checksum(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read the application's program: %w", err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", fmt.Errorf("read the application's program: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
