package files

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// Text returns a file's content as UTF-8 without a byte order mark. Editors and shells of Windows write the mark, and
// PowerShell's > writes UTF-16.
func Text(content []byte) []byte {
	for mark, order := range map[string]binary.ByteOrder{
		"\xff\xfe": binary.LittleEndian, "\xfe\xff": binary.BigEndian,
	} {
		if rest, ok := bytes.CutPrefix(content, []byte(mark)); ok && len(rest)%2 == 0 {
			units := make([]uint16, len(rest)/2)
			for i := range units {
				units[i] = order.Uint16(rest[2*i:])
			}
			return []byte(string(utf16.Decode(units)))
		}
	}
	return bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
}
