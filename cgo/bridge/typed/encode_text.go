//go:build go1.21

package typed

import (
	"encoding/binary"
	"math/bits"
	"reflect"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/go-sparta/sparta/cgo/bridge/mask"
)

const longestEscape = 6 // bytes of an escape sequence

func encodeString(e *encoder, v reflect.Value) bool { return e.text(v.String()) }

// text encodes a string. One that is not UTF-8, or has characters that end lines in JavaScript, is for encoding/json.
func (e *encoder) text(text string) bool {
	data := unsafe.Slice(unsafe.StringData(text), len(text))
	n := len(e.out)
	out := e.room(len(data) + len(data)/8 + 8 + 2*longestEscape)
	out[n] = '"'
	e.out = out[:n+1]
	i, high := e.escapeMost(data)
	n, out = len(e.out), e.room(len(data)-i+8+2*longestEscape)
	for ; ; i++ {
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
		for i < len(data) && !isSpecial(data[i]) { // the last few bytes
			out[n] = data[i]
			high |= uint64(data[i])
			i, n = i+1, n+1
		}
		if i == len(data) {
			break
		}
		if rest := len(data) - i + 8 + 2*longestEscape; len(out)-n < rest {
			e.out = out[:n]
			out = e.room(2 * rest)
		}
		if c := data[i]; c == '"' || c == '\\' {
			out[n], out[n+1] = '\\', c
			n += 2
		} else {
			n += copy(out[n:], escape(c))
		}
	}
	out[n] = '"'
	e.out = out[:n+1]
	return mask.NotASCII(high) == 0 || utf8.ValidString(text) &&
		!strings.Contains(text, "\u2028") && !strings.Contains(text, "\u2029")
}

// escapeMost encodes a text while at least mask.Size bytes of it are left. It returns where it stopped, and all bytes
// that it has read, combined by OR.
func (e *encoder) escapeMost(data []byte) (end int, high uint64) {
	n, out := len(e.out), e.out[:cap(e.out)]
	i, from := 0, 0 // what follows from has not been copied
	for i+mask.Size+shortMove <= len(data) {
		ends, backslashes, all := mask.Of((*[mask.Size]byte)(data[i:]))
		if need := i - from + mask.Size*longestEscape + shortMove; len(out)-n < need {
			e.out = out[:n]
			out = e.room(need + len(data) - i)
		}
		in, to := unsafe.Pointer(unsafe.SliceData(data)), unsafe.Pointer(unsafe.SliceData(out))
		for special := ends | backslashes; special != 0; special &= special - 1 {
			at := i + bits.TrailingZeros64(special)
			n += move(unsafe.Add(to, n), unsafe.Add(in, from), at-from)
			from = at
			if c := data[at]; c < ' ' {
				n += copy(out[n:], escape(c))
				from++
			} else {
				out[n] = '\\' // what it precedes is copied with what follows
				n++
			}
		}
		high |= all
		i += mask.Size
	}
	e.out = append(out[:n], data[from:i]...)
	return i, high
}

// escape returns the escape sequence of a control character.
func escape(c byte) string {
	switch c {
	case '\n':
		return `\n`
	case '\t':
		return `\t`
	case '\r':
		return `\r`
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	}
	const all = `\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f` +
		`\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f`
	return all[6*int(c) : 6*int(c)+6]
}
