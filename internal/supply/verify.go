package supply

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/archive"
)

// Verification compares a package with one that was built again.
type Verification struct {
	Zip      archive.Named
	Again    archive.Named
	Checksum string     // that the record has of the zip; empty means that there is no record
	Then     Provenance // of the zip
	Now      Provenance // of the one that was built again
	Changed  []string   // names of the sources that are not as they were
}

// Check returns a line for people if both packages have the same bytes, or else an error that says what differs, and
// why that may be.
func (v Verification) Check() (string, error) {
	sum, again := archive.Sum(v.Zip.Path), archive.Sum(v.Again.Path)
	if sum != "" && sum == again {
		return fmt.Sprintf("%s is what its sources make: built again, it has the same bytes (BLAKE2b-256 %s)",
			v.Zip.Name, sum), nil
	}
	differences, err := archive.Compare(v.Zip, v.Again)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s is not what its sources make now:%s", v.Zip.Name, archive.Listing(differences))
	for _, reason := range v.reasons(sum, differences) {
		fmt.Fprintf(&text, "\nlikely because %s", reason)
	}
	fmt.Fprintf(&text, "\nthe package that was built again is %s", v.Again.Name)
	return "", errors.New(text.String())
}

// reasons says what may have led to other bytes.
func (v Verification) reasons(sum string, differences []archive.Difference) []string {
	var found []string
	if v.Checksum != "" && v.Checksum != sum {
		found = append(found, "the zip was changed after it was built")
	}
	if len(v.Changed) > 0 {
		found = append(found, "these sources have changed: "+shortened(v.Changed))
	} else if v.Then.Source != v.Now.Source {
		found = append(found, "the sources have changed")
	}
	for _, one := range []struct{ what, then, now string }{
		{"Go's version", v.Then.Go, v.Now.Go},
		{"the architecture", v.Then.GOARCH, v.Now.GOARCH},
		{"the Python runtime", v.Then.Runtime, v.Now.Runtime},
		{"spartamage's version", v.Then.Sparta, v.Now.Sparta},
		{"the list of linker flags", strings.Join(v.Then.LinkerFlags, " "), strings.Join(v.Now.LinkerFlags, " ")},
		{"the hash of the Python packages", v.Then.Packages, v.Now.Packages},
	} {
		if one.then != one.now {
			found = append(found, fmt.Sprintf("%s was %q and is %q", one.what, one.then, one.now))
		}
	}
	found = append(found, changedSettings(v.Then.Settings, v.Now.Settings)...)
	if slices.ContainsFunc(differences, v.isBare) {
		found = append(found,
			"only one of the two was built with SPARTA_BARE=true: verify with the setting of the build")
	}
	if len(found) == 0 {
		found = append(found, "something that is not recorded is different, such as the C compiler")
	}
	return found
}

// isBare reports whether only one of the packages has the bill of materials, as Bare decides.
func (v Verification) isBare(d archive.Difference) bool {
	return d.Name == sbomName && (d.How == "only in "+v.Zip.Name || d.How == "only in "+v.Again.Name)
}

// changedSettings says which settings of the go command have other values.
func changedSettings(then, now []Setting) []string {
	values := map[string][2]string{}
	for i, settings := range [][]Setting{then, now} {
		for _, s := range settings {
			both := values[s.Name]
			both[i] = s.Value
			values[s.Name] = both
		}
	}
	var found []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if both := values[name]; both[0] != both[1] {
			found = append(found, fmt.Sprintf("the go command's setting %s was %q and is %q", name, both[0], both[1]))
		}
	}
	return found
}

// shortened lists a few of the names.
func shortened(names []string) string {
	const most = 10
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
