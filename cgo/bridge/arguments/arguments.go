//go:build lambdabinary && go1.21

// Package arguments gives the application its own arguments. A library inherits those of the program that has loaded
// it, which is Python. The package imports nothing that would delay its initialization, because the initializers of
// the application's packages may already parse arguments.
package arguments

/*
#ifdef __linux__
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>

static int sparta_holds(struct dl_phdr_info *object, size_t size, void *found) {
	ElfW(Addr) here = (ElfW(Addr))sparta_holds;
	for (int i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
		ElfW(Addr) start = object->dlpi_addr + segment->p_vaddr;
		if (segment->p_type == PT_LOAD && here >= start && here < start + segment->p_memsz) {
			*(const char **)found = object->dlpi_name;
			return 1;
		}
	}
	return 0;
}

// Returns the path of the library that contains this function, and an empty one if the program itself does.
static const char *sparta_library(void) {
	const char *path = "";
	dl_iterate_phdr(sparta_holds, &path);
	return path;
}
#else
static const char *sparta_library(void) { return ""; }
#endif
*/
import "C"

import "os"

// Known reports whether the arguments are the application's own. Only on Linux is the library's path known; elsewhere,
// the bridge removes Python's arguments before main.
var Known = set()

// set makes a path in the package's folder the only argument, as if the library were a program there: for bin/app.so,
// it is app. The arguments of a program that is not a library stay as they are.
func set() bool {
	library := C.GoString(C.sparta_library())
	if library == "" {
		return false
	}
	os.Args = []string{program(library)}
	return true
}

func program(library string) string {
	folder, name := split(library)
	if parent, last := split(folder); last == "bin" {
		folder = parent
	}
	if n := len(name) - len(".so"); n > 0 && name[n:] == ".so" {
		name = name[:n]
	}
	return folder + "/" + name
}

// split does what path.Split does, which other packages have to be initialized for.
func split(path string) (folder, name string) {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[:i], path[i+1:]
		}
	}
	return "", path
}
