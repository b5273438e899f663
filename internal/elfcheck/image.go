package elfcheck

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// image is a 64-bit little-endian ELF file, as the loader sees it: addresses in memory, which the loadable
// segments give a content. Section headers, which the loader does not read, are not needed.
type image struct {
	file     io.ReaderAt
	size     uint64 // of the file
	segments []segment
}

// segment is an entry of the program header table.
type segment struct {
	kind    uint32
	offset  uint64 // in the file
	address uint64 // in memory
	length  uint64 // in the file; in memory, zeros may follow
}

const (
	kindLoad    = 1 // PT_LOAD
	kindDynamic = 2 // PT_DYNAMIC
)

const (
	headerSize  = 64 // of Elf64_Ehdr
	segmentSize = 56 // of Elf64_Phdr
	sectionSize = 64 // of Elf64_Shdr
)

// tableLimit is more than any table of a library that fits into a package has. A damaged file may claim any size.
const tableLimit = 64 << 20

// newImage reads the program headers of a file that has size bytes. It returns an error if the file ends too early.
func newImage(file io.ReaderAt, size int64) (*image, error) {
	i := &image{file: file, size: uint64(size)}
	header, err := i.read(0, headerSize)
	if err != nil {
		return nil, fmt.Errorf("read the ELF header: %w", err)
	}
	order := binary.LittleEndian
	err = i.checkSections(order.Uint64(header[40:]), order.Uint16(header[58:]), order.Uint16(header[60:]))
	if err != nil {
		return nil, err
	}
	count := order.Uint16(header[56:])
	if count == 0 {
		return i, nil
	}
	if each := order.Uint16(header[54:]); each != segmentSize {
		return nil, fmt.Errorf("program headers have %d bytes each, want %d", each, segmentSize)
	}
	table, err := i.read(order.Uint64(header[32:]), uint64(count)*segmentSize)
	if err != nil {
		return nil, fmt.Errorf("read the program headers: %w", err)
	}
	for ; len(table) > 0; table = table[segmentSize:] {
		s := segment{
			kind:    order.Uint32(table),
			offset:  order.Uint64(table[8:]),
			address: order.Uint64(table[16:]),
			length:  order.Uint64(table[32:]),
		}
		if s.kind == kindLoad && !i.has(s.offset, s.length) {
			return nil, fmt.Errorf("a segment of %d bytes at %#x is not within the file's %d bytes",
				s.length, s.offset, i.size)
		}
		i.segments = append(i.segments, s)
	}
	return i, nil
}

// checkSections returns an error if the section header table, which linkers write last, is cut off.
func (i *image) checkSections(offset uint64, each, count uint16) error {
	if offset == 0 {
		return nil
	}
	if each != sectionSize {
		return fmt.Errorf("section headers have %d bytes each, want %d", each, sectionSize)
	}
	// If there are too many sections for count, it is 0, and the first section has their number.
	if length := uint64(max(count, 1)) * sectionSize; !i.has(offset, length) {
		return fmt.Errorf("the section headers, %d bytes at %#x, are not within the file's %d bytes",
			length, offset, i.size)
	}
	return nil
}

// has reports whether the file has length bytes from offset on.
func (i *image) has(offset, length uint64) bool {
	return offset <= i.size && length <= i.size-offset
}

// read returns a part of the file.
func (i *image) read(offset, length uint64) ([]byte, error) {
	if !i.has(offset, length) {
		return nil, fmt.Errorf("%d bytes at %#x are not within the file's %d bytes", length, offset, i.size)
	}
	if length > tableLimit {
		return nil, fmt.Errorf("%d bytes are more than any library needs", length)
	}
	part := make([]byte, length)
	if _, err := i.file.ReadAt(part, int64(offset)); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return part, nil
}

// at returns the bytes at an address in memory.
func (i *image) at(address, length uint64) ([]byte, error) {
	offset, rest := i.locate(address)
	if length > rest {
		return nil, fmt.Errorf("%d bytes at address %#x are not within a segment", length, address)
	}
	return i.read(offset, length)
}

// upTo returns the bytes at an address in memory, at most limit of them.
func (i *image) upTo(address, limit uint64) ([]byte, error) {
	offset, rest := i.locate(address)
	return i.read(offset, min(limit, rest))
}

// locate returns where in the file the content of an address is, and for how many bytes.
func (i *image) locate(address uint64) (offset, rest uint64) {
	for _, s := range i.segments {
		if s.kind == kindLoad && s.address <= address && address-s.address < s.length {
			skipped := address - s.address
			return s.offset + skipped, s.length - skipped
		}
	}
	return 0, 0
}
