package spartamage

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/workspace"
)

// record is what a build leaves for the next one of the same package with the same settings.
type record struct {
	Fingerprint string // of the inputs
	Container   bool   // whether a container has compiled it
	Image       string // ID of the image that an engine had for it; empty without an engine or image
	Artifact    Artifact
}

// keptRecords is how many packages of one name are remembered: for different systems, flags and so on.
const keptRecords = 3

// recordPath is the file of a package's record. Its name is a hash, because settings may contain secrets.
func (b *builder) recordPath() string {
	sum := blake2b.Sum256(fmt.Appendf(nil, "%s\n%+v", b.app.Main.ImportPath, b.settings()))
	return filepath.Join(b.workspace.Records(), hex.EncodeToString(sum[:8])+".json")
}

// remember records the artifact, and removes what belongs to packages that nobody has built for long.
func (b *builder) remember(last record) error {
	content, err := json.MarshalIndent(last, "", "\t")
	if err != nil {
		return fmt.Errorf("record the build: %w", err)
	}
	if err := os.MkdirAll(b.workspace.Records(), 0o755); err != nil {
		return b.workspace.Unwritable(err)
	}
	if err := files.Write(b.recordPath(), append(content, '\n')); err != nil {
		return b.workspace.Unwritable(err)
	}
	b.workspace.SweepStages(keepNewest(b.workspace))
	return nil
}

// recalled returns the record of the last build, or nil.
func (b *builder) recalled() *record {
	return readRecord(b.recordPath())
}

func readRecord(path string) *record {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	last := &record{}
	if json.Unmarshal(content, last) != nil {
		return nil
	}
	return last
}

// keepNewest removes all but the newest records of each package's name, and returns the stages of the others.
func keepNewest(w workspace.Dir) (stages map[string]bool) {
	type dated struct {
		path string
		time time.Time
		record
	}
	var all []dated
	entries, _ := os.ReadDir(w.Records()) // an error means that nothing is removed
	for _, entry := range entries {
		path := filepath.Join(w.Records(), entry.Name())
		info, err := entry.Info()
		if last := readRecord(path); err == nil && last != nil {
			all = append(all, dated{path, info.ModTime(), *last})
		}
	}
	slices.SortFunc(all, func(a, b dated) int {
		return cmp.Or(b.time.Compare(a.time), cmp.Compare(a.path, b.path))
	})
	stages = map[string]bool{}
	count := map[string]int{}
	for _, one := range all {
		if count[one.Artifact.Name]++; count[one.Artifact.Name] > keptRecords {
			_ = os.Remove(one.path)
			continue
		}
		stages[one.Artifact.Stage] = true
	}
	return stages
}

// isIntact reports whether a package is as its build has left it.
func isIntact(a Artifact) bool {
	return archive.IsIntact(a.Zip, a.Checksum, a.Stage)
}

// settings are those of the options that affect the package.
func (b *builder) settings() string {
	opts := b.opts
	opts.Logger = nil
	return fmt.Sprintf("%+v", opts)
}
