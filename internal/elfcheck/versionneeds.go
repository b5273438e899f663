package elfcheck

import (
	"encoding/binary"
	"errors"
)

// versionNeed is a version that another library has to have.
type versionNeed struct {
	library string // libc.so.6
	name    string // GLIBC_2.34
	weak    bool   // whether the loader only warns if it is missing
	index   uint16 // the one that symbols of this version have
}

// errTooManyVersions is returned for a damaged file: symbols have 15 bits for the index of a version.
var errTooManyVersions = errors.New("there are more than 32,767 versions")

const mostVersions = 1<<15 - 1

// versionNeeds returns all versions that the loader checks, also those that no symbol uses.
func (i *image) versionNeeds(d dynamic, n names) ([]versionNeed, error) {
	address, ok := d.value(tagVersionNeed)
	if !ok {
		return nil, nil
	}
	var needs []versionNeed
	for range mostVersions {
		library, err := i.at(address, 16)
		if err != nil {
			return nil, err
		}
		name, err := n.at(uint64(binary.LittleEndian.Uint32(library[4:])))
		if err != nil {
			return nil, err
		}
		first := address + uint64(binary.LittleEndian.Uint32(library[8:]))
		if needs, err = i.appendVersions(needs, n, name, first); err != nil {
			return nil, err
		}
		step := binary.LittleEndian.Uint32(library[12:])
		if step == 0 {
			return needs, nil
		}
		address += uint64(step)
	}
	return nil, errTooManyVersions
}

// appendVersions appends the versions of one library, starting with the one at address.
func (i *image) appendVersions(needs []versionNeed, n names, library string, address uint64) ([]versionNeed, error) {
	order := binary.LittleEndian
	for len(needs) < mostVersions {
		version, err := i.at(address, 16)
		if err != nil {
			return nil, err
		}
		name, err := n.at(uint64(order.Uint32(version[8:])))
		if err != nil {
			return nil, err
		}
		needs = append(needs, versionNeed{
			library: library,
			name:    name,
			weak:    order.Uint16(version[4:])&2 != 0, // VER_FLG_WEAK
			index:   order.Uint16(version[6:]) & 0x7fff,
		})
		step := order.Uint32(version[12:])
		if step == 0 {
			return needs, nil
		}
		address += uint64(step)
	}
	return nil, errTooManyVersions
}
