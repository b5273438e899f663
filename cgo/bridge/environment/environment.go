//go:build lambdabinary && go1.21

// Package environment gives the application the environment that Python has when it loads the library. The Go runtime
// of a library reads the one that the process was started with, so it misses what Python code has set since. The
// package imports nothing that would delay its initialization, because the initializers of the application's packages
// may already read variables.
package environment

/*
#ifndef _WIN32
#include <stdlib.h>
#include <string.h>
#ifdef __APPLE__
#include <crt_externs.h>
#define environ (*_NSGetEnviron())
#else
extern char **environ;
#endif

static char **sparta_environment;

// Copies the environment while Python waits for the library to be loaded: afterwards it may change variables while
// Go's initializers run in another thread. Constructors with a priority run before the one that starts the Go runtime.
__attribute__((constructor(101))) static void sparta_copy_environment(void) {
	size_t count = 0;
	while (environ != NULL && environ[count] != NULL)
		count++;
	char **copy = calloc(count + 1, sizeof *copy);
	for (size_t i = 0; copy != NULL && i < count; i++) {
		if ((copy[i] = strdup(environ[i])) == NULL)
			return; // no memory is left: Go keeps the environment that it knows
	}
	sparta_environment = copy;
}

static const char *sparta_variable(size_t i) {
	return sparta_environment == NULL ? NULL : sparta_environment[i];
}

static void sparta_free_environment(void) {
	for (size_t i = 0; sparta_variable(i) != NULL; i++)
		free(sparta_environment[i]);
	free(sparta_environment);
	sparta_environment = NULL;
}
#else
// On Windows, Go and Python ask the system for each variable.
#include <stddef.h>
static const char *sparta_variable(size_t i) { return NULL; }
static void sparta_free_environment(void) {}
#endif
*/
import "C"

import "syscall"

// Known reports whether the environment is Python's.
var Known = set()

func set() bool {
	var python []string
	for i := C.size_t(0); ; i++ {
		variable := C.sparta_variable(i)
		if variable == nil {
			break
		}
		python = append(python, C.GoString(variable))
	}
	C.sparta_free_environment()
	if len(python) == 0 {
		return false
	}
	changed, removed := differences(syscall.Environ(), python)
	for _, variable := range changed {
		name, value, _ := split(variable)
		_ = syscall.Setenv(name, value) // cannot fail: the name is that of a variable
	}
	for _, name := range removed {
		_ = syscall.Unsetenv(name)
	}
	return true
}

// differences returns the variables of Python's environment that Go's does not have with the same value, and the names
// of those that only Go's has. Of several variables with one name, the first counts, as in C and Go.
func differences(own, python []string) (changed, removed []string) {
	values := make(map[string]string, len(own))
	for _, variable := range own {
		if name, value, ok := split(variable); ok {
			values[name] = value
		}
	}
	seen := make(map[string]bool, len(python))
	for _, variable := range python {
		name, value, ok := split(variable)
		if !ok || seen[name] {
			continue
		}
		seen[name] = true
		if old, exists := values[name]; !exists || old != value {
			changed = append(changed, variable)
		}
	}
	for name := range values {
		if !seen[name] {
			removed = append(removed, name)
		}
	}
	return changed, removed
}

// split does what strings.Cut does at the equals sign, which other packages have to be initialized for.
func split(variable string) (name, value string, ok bool) {
	for i := 1; i < len(variable); i++ {
		if variable[i] == '=' {
			return variable[:i], variable[i+1:], true
		}
	}
	return "", "", false
}
