package elfcheck

import (
	"debug/elf"
	"fmt"
	"strings"
)

// checkExports returns an error that names the wanted functions that dlsym would not find.
func checkExports(symbols []elf.Symbol, wanted []string) error {
	defined := make(map[string]bool)
	for _, s := range symbols {
		if isExported(s) {
			defined[s.Name] = true
		}
	}
	var missing []string
	for _, name := range wanted {
		if !defined[name] {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("it does not export %s: build it with cgo:build, which adds the functions that Python calls",
		strings.Join(missing, ", "))
}

// isExported reports whether dlsym finds a symbol: it is global or weak, and defined here. The linker has made
// hidden symbols local.
func isExported(s elf.Symbol) bool {
	bind := elf.ST_BIND(s.Info)
	return s.Section != elf.SHN_UNDEF && (bind == elf.STB_GLOBAL || bind == elf.STB_WEAK)
}

// imports returns the symbols that the loader has to find in other libraries.
func imports(symbols []elf.Symbol) []Symbol {
	var taken []Symbol
	for _, s := range symbols {
		if s.Section == elf.SHN_UNDEF && s.Name != "" {
			taken = append(taken, Symbol{Name: s.Name, Version: s.Version, Library: s.Library})
		}
	}
	return taken
}
