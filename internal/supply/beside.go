package supply

import (
	"os"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// beside returns the paths of the documents beside a zip.
func beside(zip string) (sbom, notices, provenance string) {
	base := strings.TrimSuffix(zip, ".zip")
	return base + ".cdx.json", base + ".notices.txt", base + ".provenance.json"
}

// AreBeside reports whether a zip's documents are beside it.
func AreBeside(zip string) bool {
	sbom, notices, provenance := beside(zip)
	for _, path := range []string{sbom, notices, provenance} {
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			return false
		}
	}
	return true
}

// WriteBeside writes the documents beside a zip.
func (d Documents) WriteBeside(zip string) error {
	sbom, notices, provenance := beside(zip)
	encoded, err := encode(d.Provenance)
	if err != nil {
		return err
	}
	for path, content := range map[string][]byte{sbom: d.SBOM, notices: d.Notices, provenance: encoded} {
		if err := files.WriteAgain(path, content); err != nil {
			return err
		}
	}
	return nil
}
