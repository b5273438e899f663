package elfcheck

import (
	"fmt"
	"slices"
	"strings"
)

// provided returns the libraries that every runtime has: those of glibc and the compiler's support library.
func provided() []string {
	return []string{
		"ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1",
		"libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1",
		"libresolv.so.2", "libutil.so.1", "libanl.so.1", "libgcc_s.so.1",
	}
}

// checkLibraries returns an error for a C library other than glibc, and warnings about libraries that neither
// every runtime nor the package has.
func checkLibraries(needed, shipped []string, r Runtime) (warnings []string, err error) {
	for _, name := range needed {
		switch {
		case isMusl(name):
			return nil, fmt.Errorf("it is linked with musl's %s, as on Alpine, but %s has glibc: build in a Debian "+
				"image, SPARTA_IMAGE=%s", name, r.Python, bookworm())
		case slices.Contains(provided(), name), slices.Contains(shipped, name):
		default:
			warnings = append(warnings,
				fmt.Sprintf("needs %s, which %s may lack: put it into the package as lib/%s", name, r.Python, name))
		}
	}
	return warnings, nil
}

func isMusl(library string) bool {
	return library == "libc.so" || strings.HasPrefix(library, "libc.musl-") || strings.HasPrefix(library, "ld-musl-")
}
