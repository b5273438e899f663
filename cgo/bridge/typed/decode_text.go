//go:build go1.21

package typed

import (
	"encoding/binary"
	"math/bits"
	"reflect"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"

	"github.com/go-sparta/sparta/cgo/bridge/mask"
)

const (
	shortText = 128  // bytes; longer texts have memory of their own
	chunkSize = 1024 // bytes that short texts share
)

func isSpecial(c byte) bool { return c < ' ' || c == '"' || c == '\\' }

// text decodes the string whose quote is at i.
func (d *decoder) text(i int) (text string, end int) {
	if d.at(i) != '"' {
		return "", -1
	}
	data := d.data
	start := i + 1
	high := uint64(0)
	for i = start; i+8 <= len(data); i += 8 {
		eight := binary.LittleEndian.Uint64(data[i:])
		high |= eight
		if found := mask.First(eight); found != 0 {
			i += bits.TrailingZeros64(found) / 8
			break
		}
	}
	for i < len(data) && !isSpecial(data[i]) { // the last few bytes
		high |= uint64(data[i])
		i++
	}
	switch d.at(i) {
	case '"':
		return d.keep(data[start:i], mask.NotASCII(high) == 0, i+1)
	case '\\':
		return d.unescape(start, i, high)
	}
	return "", -1
}

// unescape is text for a string that starts at start and whose first backslash is at i.
func (d *decoder) unescape(start, i int, high uint64) (text string, end int) {
	data := d.data
	// What it means is never longer than how it is written.
	if need := len(data) - start + shortMove; cap(d.scratch) < need {
		d.scratch = make([]byte, need)
	}
	out := d.scratch[:cap(d.scratch)]
	n := copy(out, data[start:i])
	for {
		var found uint64
		if i, n, found = d.unescapeMost(i, n, out); i < 0 {
			return "", -1
		}
		high |= found
		for i+8 <= len(data) {
			eight := binary.LittleEndian.Uint64(data[i:])
			binary.LittleEndian.PutUint64(out[n:], eight)
			high |= eight
			if found := mask.First(eight); found != 0 {
				length := bits.TrailingZeros64(found) / 8
				i, n = i+length, n+length
				break
			}
			i, n = i+8, n+8
		}
		for i < len(data) && !isSpecial(data[i]) {
			out[n] = data[i]
			high |= uint64(data[i])
			i, n = i+1, n+1
		}
		switch d.at(i) {
		case '"':
			return d.keep(out[:n], mask.NotASCII(high) == 0, i+1)
		case '\\':
		default:
			return "", -1
		}
		if i, n = d.unescapeOne(i, n, out); i < 0 {
			return "", -1
		}
	}
}

// unescapeMost decodes the text at i into out, from n on, while at least mask.Size bytes of the event are left. It
// returns where it stopped in both, or -1 for a wrong escape sequence, and all bytes that it has read, combined by OR.
func (d *decoder) unescapeMost(i, n int, out []byte) (end, length int, high uint64) {
	data := d.data
	in, to := unsafe.Pointer(unsafe.SliceData(data)), unsafe.Pointer(unsafe.SliceData(out))
	from := i // what follows has not been copied
	for i+mask.Size+shortMove <= len(data) {
		ends, backslashes, all := mask.Of((*[mask.Size]byte)(data[i:]))
		for special := ends | backslashes; special != 0; {
			k := uint(bits.TrailingZeros64(special))
			at := i + int(k)
			n += move(unsafe.Add(to, n), unsafe.Add(in, from), at-from)
			if backslashes>>(k%mask.Size)&1 == 0 {
				return at, n, high | all
			}
			special &^= 3 << (k % mask.Size)
			if from = at + 1; data[from] == '"' && k < mask.Size-1 {
				continue // the quote is copied with what follows it
			}
			if from, n = d.unescapeOne(at, n, out); from < 0 {
				return -1, n, high
			}
			special = special >> (from - i) << (from - i) // what is in the sequence is not special
		}
		high |= all
		i = max(i+mask.Size, from)
	}
	return i, n + copy(out[n:], data[from:i]), high
}

// unescapeOne writes what the escape sequence at i means to n in out. It returns where both end, or -1.
func (d *decoder) unescapeOne(i, n int, out []byte) (end, length int) {
	if c := escapes[d.at(i+1)]; c != 0 {
		out[n] = c
		return i + 2, n + 1
	}
	r, size := d.escapedRune(i)
	if size == 0 {
		return -1, n
	}
	return i + size, n + utf8.EncodeRune(out[n:n+utf8.UTFMax], r)
}

// escapes has what the character after a backslash means. The others mean nothing, or a number follows.
var escapes = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// escapedRune returns the character of the escape sequence at i and the sequence's length, or 0. A surrogate must be
// one of a pair.
func (d *decoder) escapedRune(i int) (r rune, size int) {
	if r = d.unit(i); r < 0 {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if r = utf16.DecodeRune(r, d.unit(i+6)); r == utf8.RuneError {
		return 0, 0
	}
	return r, 12
}

// unit returns the UTF-16 code unit of the escape sequence at i, or -1.
func (d *decoder) unit(i int) rune {
	if i+6 > len(d.data) || d.data[i] != '\\' || d.data[i+1] != 'u' {
		return -1
	}
	var unit rune
	for _, c := range d.data[i+2 : i+6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return -1
		}
		unit = unit<<4 | rune(c)
	}
	return unit
}

// keep returns a copy of the text and end, or -1 if it is not UTF-8. A string that the handler keeps must not keep the
// whole event in memory.
func (d *decoder) keep(text []byte, ascii bool, end int) (string, int) {
	if !ascii && !utf8.Valid(text) {
		return "", -1
	}
	switch length := len(text); {
	case length == 0:
		return "", end
	case length > shortText:
		return string(text), end
	case length > cap(d.chunk)-len(d.chunk):
		d.chunk = make([]byte, 0, chunkSize)
	}
	start := len(d.chunk)
	d.chunk = append(d.chunk, text...) // within its capacity, and written once: as constant as a string
	return unsafe.String(&d.chunk[start], len(text)), end
}

func decodeString(d *decoder, i int, into reflect.Value) int {
	text, end := d.text(i)
	if end < 0 {
		return d.null(i)
	}
	into.SetString(text)
	return end
}
