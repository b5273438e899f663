//go:build go1.21

// Package mask finds the bytes that matter in the strings of JSON, 8 or 64 at a time. The first byte has the lowest
// bits.
package mask

import "encoding/binary"

// Size is the number of bytes that a mask is of.
const Size = 64

// Of returns masks with a bit for each of 64 bytes: ends are the quotes and the control characters, escapes the
// backslashes. All has each eight bytes, combined by OR.
func Of(text *[Size]byte) (ends, escapes, all uint64) { return of(text) }

const (
	everyByte = 0x0101010101010101
	highBits  = 0x80 * everyByte
)

// First has the high bit of the first of eight bytes that is a quote, a backslash or a control character. Of the bytes
// after that one it says nothing.
func First(eight uint64) uint64 {
	quote, escape := eight^'"'*everyByte, eight^'\\'*everyByte
	return (((eight - ' '*everyByte) &^ eight) |
		((quote - everyByte) &^ quote) |
		((escape - everyByte) &^ escape)) & highBits
}

// NotASCII has the high bit of each of eight bytes that is not ASCII.
func NotASCII(eight uint64) uint64 { return eight & highBits }

// portable is Of for all processors, eight bytes at a time.
func portable(text *[Size]byte) (ends, escapes, all uint64) {
	for i := 0; i < Size; i += 8 {
		eight := binary.LittleEndian.Uint64(text[i:])
		ends |= pack(equal(eight, '"')|less(eight, ' ')) << i
		escapes |= pack(equal(eight, '\\')) << i
		all |= eight
	}
	return ends, escapes, all
}

// equal has the high bit of each of eight bytes that is c.
func equal(eight uint64, c byte) uint64 { return less(eight^uint64(c)*everyByte, 1) }

// less has the high bit of each of eight bytes that is less than c, which is not above 0x80.
func less(eight uint64, c byte) uint64 {
	atLeast := (eight &^ highBits) + uint64(0x80-c)*everyByte // has the high bit of each byte that is, without its own
	return ^(atLeast | eight) & highBits
}

// pack moves the high bits of eight bytes together.
func pack(bits uint64) uint64 { return bits >> 7 * 0x0102040810204080 >> 56 }
