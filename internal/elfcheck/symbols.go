package elfcheck

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// symbol is an entry of the symbol table.
type symbol struct {
	name    string
	defined bool
	global  bool   // global or weak. The linker has made hidden symbols local.
	version uint16 // index of its version; 0 and 1 are none
}

// symbols returns the symbol table without its first entry, which stands for no symbol.
func (i *image) symbols(d dynamic, n names) ([]symbol, error) {
	const symbolSize = 24
	address, ok := d.value(tagSymbols)
	if !ok {
		return nil, nil
	}
	if size, ok := d.value(tagSymbolSize); ok && size != symbolSize {
		return nil, fmt.Errorf("symbols have %d bytes each, want %d", size, symbolSize)
	}
	count, err := i.symbolCount(d)
	if err != nil {
		return nil, err
	}
	table, err := i.at(address, count*symbolSize)
	if err != nil {
		return nil, err
	}
	versions := make([]byte, 2*count)
	if address, ok := d.value(tagVersions); ok {
		if versions, err = i.at(address, 2*count); err != nil {
			return nil, err
		}
	}
	var symbols []symbol
	for ; len(table) > 0; table, versions = table[symbolSize:], versions[2:] {
		bind := table[4] >> 4
		s := symbol{
			defined: binary.LittleEndian.Uint16(table[6:]) != 0,
			global:  bind == 1 || bind == 2, // STB_GLOBAL, STB_WEAK
			version: binary.LittleEndian.Uint16(versions) & 0x7fff,
		}
		if s.name, err = n.at(uint64(binary.LittleEndian.Uint32(table))); err != nil {
			return nil, err
		}
		symbols = append(symbols, s)
	}
	if len(symbols) == 0 {
		return nil, nil
	}
	return symbols[1:], nil
}

// symbolCount returns the number of symbols, which only the hash tables have. The loader needs no number: it finds
// what a library defines in a hash table, and what it uses by its relocations.
func (i *image) symbolCount(d dynamic) (uint64, error) {
	if address, ok := d.value(tagHash); ok {
		head, err := i.at(address, 8)
		if err != nil {
			return 0, err
		}
		return uint64(binary.LittleEndian.Uint32(head[4:])), nil // the length of its chains
	}
	if address, ok := d.value(tagGNUHash); ok {
		return i.gnuHashCount(address)
	}
	return 0, nil
}

// gnuHashCount returns the number of symbols according to a table of GNU's form, which has the symbols that are
// defined, after all others: a filter, buckets with the index of their first symbol, and for each symbol its hash,
// whose lowest bit is set if it is the last of its bucket.
func (i *image) gnuHashCount(address uint64) (uint64, error) {
	order := binary.LittleEndian
	head, err := i.at(address, 16)
	if err != nil {
		return 0, err
	}
	buckets, first, filter := uint64(order.Uint32(head)), uint64(order.Uint32(head[4:])), uint64(order.Uint32(head[8:]))
	address += 16 + 8*filter
	table, err := i.at(address, 4*buckets)
	if err != nil {
		return 0, err
	}
	last := uint64(0)
	for ; len(table) > 0; table = table[4:] {
		last = max(last, uint64(order.Uint32(table)))
	}
	if last < first { // it is empty
		return first, nil
	}
	const longest = 1 << 16 // more bytes than any bucket has
	chain, err := i.upTo(address+4*buckets+4*(last-first), longest)
	if err != nil {
		return 0, err
	}
	for ; len(chain) >= 4; chain = chain[4:] {
		last++
		if order.Uint32(chain)&1 != 0 {
			return last, nil
		}
	}
	return 0, fmt.Errorf("the hash table at address %#x does not end", address)
}

// checkExports returns an error that names the wanted functions that dlsym would not find.
func checkExports(symbols []symbol, wanted []string) error {
	var missing []string
	for _, name := range wanted {
		if !slices.ContainsFunc(symbols, func(s symbol) bool { return s.name == name && s.defined && s.global }) {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("it does not export %s: build it with cgo:build, which adds the functions that Python calls",
		strings.Join(missing, ", "))
}

// imports returns the symbols that the loader has to find in other libraries, with their versions.
func imports(symbols []symbol, versions []versionNeed) []Symbol {
	byIndex := map[uint16]versionNeed{}
	for _, v := range versions {
		byIndex[v.index] = v
	}
	var taken []Symbol
	for _, s := range symbols {
		if !s.defined && s.name != "" {
			v := byIndex[s.version]
			taken = append(taken, Symbol{Name: s.name, Version: v.name, Library: v.library})
		}
	}
	return taken
}
