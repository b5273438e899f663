package elfcheck

import (
	"errors"
	"fmt"
	"io"
)

// library is what the loader learns from a shared library.
type library struct {
	needed   []string // the libraries that it is linked with
	symbols  []symbol
	versions []versionNeed
}

// read reads a shared library. The error says why it is not one, or not one for goarch.
func read(file io.ReaderAt, size int64, goarch string) (library, error) {
	h, err := readHeader(file)
	if err != nil {
		return library{}, damaged(err)
	}
	if err := h.check(goarch); err != nil {
		return library{}, err
	}
	i, err := newImage(file, size)
	if err != nil {
		return library{}, damaged(err)
	}
	d, err := i.dynamic()
	if err != nil {
		return library{}, damaged(err)
	}
	if err := h.checkKind(d); err != nil {
		return library{}, err
	}
	if len(d) == 0 {
		return library{}, errors.New("it has no dynamic section, which the loader needs: " +
			"build with -buildmode=c-shared")
	}
	return i.library(d)
}

// library reads what the dynamic section points to.
func (i *image) library(d dynamic) (library, error) {
	n, err := i.names(d)
	if err != nil {
		return library{}, damaged(err)
	}
	var l library
	if l.needed, err = d.needed(n); err != nil {
		return library{}, damaged(fmt.Errorf("read its libraries: %w", err))
	}
	if l.symbols, err = i.symbols(d, n); err != nil {
		return library{}, damaged(fmt.Errorf("read its symbols: %w", err))
	}
	if l.versions, err = i.versionNeeds(d, n); err != nil {
		return library{}, damaged(fmt.Errorf("read its symbol versions: %w", err))
	}
	return l, nil
}

func damaged(err error) error {
	return fmt.Errorf("it is truncated or damaged; build again: %w", err)
}
