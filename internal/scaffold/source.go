package scaffold

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/moduleversion"
)

// Source is where a new module finds this one.
type Source struct {
	Version string // a version that can be downloaded, unless Folder replaces it
	Folder  string // a clone, as an absolute path or relative to the go.mod that names it
}

// unreleased is the version that a go.mod requires of a module that a folder replaces.
const unreleased = "v0.0.0"

// check returns an error if the go command would not find this module.
func (s Source) check() error {
	if s.Folder == "" && (s.Version == moduleversion.Unreleased || strings.HasSuffix(s.Version, "+dirty")) {
		return fmt.Errorf("this program is not a released version of %s (%s), and was not compiled from a clone "+
			"on this machine: name a clone with --replace", gosource.ModulePath, s.Version)
	}
	if s.Version == "" {
		return errors.New("the version of this program is not known")
	}
	return nil
}

// require returns a go.mod that requires this module, for one that requires an unreleased version.
func (s Source) require(mod string) string {
	old := gosource.ModulePath + " " + unreleased
	if s.Folder == "" {
		return strings.Replace(mod, old, gosource.ModulePath+" "+s.Version, 1)
	}
	folder := s.Folder
	if strings.ContainsAny(folder, " \t\"'`(),[]{}=>") || strings.Contains(folder, "//") {
		folder = strconv.Quote(folder)
	}
	return mod + "\nreplace " + gosource.ModulePath + " => " + folder + "\n"
}
