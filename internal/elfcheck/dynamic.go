package elfcheck

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// dynamic is the dynamic section, from which the loader learns where everything else is.
type dynamic []entry

type entry struct{ tag, value uint64 }

// The entries that matter here, with their names in ELF.
const (
	tagNeeded      = 1          // DT_NEEDED: name of a library
	tagHash        = 4          // DT_HASH: address of the hash table of symbols
	tagStrings     = 5          // DT_STRTAB: address of all names
	tagSymbols     = 6          // DT_SYMTAB: address of the symbols
	tagStringsSize = 10         // DT_STRSZ: size of all names
	tagSymbolSize  = 11         // DT_SYMENT: size of a symbol
	tagGNUHash     = 0x6ffffef5 // DT_GNU_HASH: address of GNU's hash table of symbols
	tagVersions    = 0x6ffffff0 // DT_VERSYM: address of the symbols' versions
	tagFlags1      = 0x6ffffffb // DT_FLAGS_1
	tagVersionNeed = 0x6ffffffe // DT_VERNEED: address of the versions that other libraries have to have
)

// dynamic returns the dynamic section, which is empty if there is none.
func (i *image) dynamic() (dynamic, error) {
	const entrySize = 16
	for _, s := range i.segments {
		if s.kind != kindDynamic {
			continue
		}
		content, err := i.at(s.address, s.length)
		if err != nil {
			return nil, fmt.Errorf("read its dynamic section: %w", err)
		}
		var d dynamic
		for ; len(content) >= entrySize; content = content[entrySize:] {
			e := entry{binary.LittleEndian.Uint64(content), binary.LittleEndian.Uint64(content[8:])}
			if e.tag == 0 { // DT_NULL
				break
			}
			d = append(d, e)
		}
		return d, nil
	}
	return nil, nil
}

// value returns the value of an entry. As with the loader, the last one counts.
func (d dynamic) value(tag uint64) (value uint64, ok bool) {
	for _, e := range d {
		if e.tag == tag {
			value, ok = e.value, true
		}
	}
	return value, ok
}

// names is the string table. Its strings end with a zero byte.
type names []byte

// names returns the string table.
func (i *image) names(d dynamic) (names, error) {
	address, ok := d.value(tagStrings)
	if !ok {
		return nil, nil
	}
	size, _ := d.value(tagStringsSize)
	content, err := i.at(address, size)
	if err != nil {
		return nil, fmt.Errorf("read its names: %w", err)
	}
	return content, nil
}

// at returns the string at an offset.
func (n names) at(offset uint64) (string, error) {
	if offset >= uint64(len(n)) {
		return "", fmt.Errorf("there is no name at %#x of %d bytes of names", offset, len(n))
	}
	name, _, ok := bytes.Cut(n[offset:], []byte{0})
	if !ok {
		return "", fmt.Errorf("the name at %#x does not end within %d bytes of names", offset, len(n))
	}
	return string(name), nil
}

// needed returns the names of the libraries that the loader has to load too.
func (d dynamic) needed(n names) ([]string, error) {
	var needed []string
	for _, e := range d {
		if e.tag != tagNeeded {
			continue
		}
		name, err := n.at(e.value)
		if err != nil {
			return nil, err
		}
		needed = append(needed, name)
	}
	return needed, nil
}
