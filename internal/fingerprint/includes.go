package fingerprint

import "bytes"

// include is an #include, #import or #embed directive, or an .incbin of the assembler.
type include struct {
	name   string // empty if a macro expands to it
	quoted bool   // as opposed to <name>
	next   bool   // #include_next: other files of the name count, too
}

// includes lists what a C, assembler or Go file includes. In a Go file, the directives are in a comment.
func includes(content []byte) []include {
	var found []include
	for len(content) > 0 {
		line, rest, _ := bytes.Cut(content, []byte("\n"))
		content = rest
		for { // a directive may continue on the next line
			trimmed := bytes.TrimRight(line, "\r")
			if !bytes.HasSuffix(trimmed, []byte(`\`)) || len(content) == 0 || !mayInclude(trimmed) {
				break
			}
			var next []byte
			next, content, _ = bytes.Cut(content, []byte("\n"))
			line = append(append([]byte(nil), trimmed[:len(trimmed)-1]...), next...)
		}
		if one, ok := parse(line); ok {
			found = append(found, one)
		}
	}
	return found
}

// mayInclude reports whether a line may begin a directive.
func mayInclude(line []byte) bool {
	line = bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(line), []byte("//")))
	return bytes.HasPrefix(line, []byte("#")) || bytes.HasPrefix(line, []byte("%:"))
}

// parse returns the directive of a line.
func parse(line []byte) (include, bool) {
	line = bytes.TrimSpace(line)
	line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("/*")))
	line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("//")))
	if _, after, ok := bytes.Cut(line, []byte(".incbin")); ok {
		name, ok := delimited(bytes.TrimSpace(after), '"', '"')
		return include{name: name, quoted: true}, ok
	}
	var found bool
	if line, found = bytes.CutPrefix(line, []byte("#")); !found {
		if line, found = bytes.CutPrefix(line, []byte("%:")); !found {
			return include{}, false
		}
	}
	line = bytes.TrimSpace(line)
	for _, word := range []string{"include_next", "include", "import", "embed"} {
		after, ok := bytes.CutPrefix(line, []byte(word))
		if !ok {
			continue
		}
		one := include{next: word == "include_next"}
		after = withoutComments(after)
		if name, ok := delimited(after, '"', '"'); ok {
			one.name, one.quoted = name, true
		} else if name, ok := delimited(after, '<', '>'); ok {
			one.name = name
		} else if len(after) == 0 || !isNameStart(after[0]) {
			return include{}, false
		}
		return one, true
	}
	return include{}, false
}

// withoutComments removes the white space and the comments at the start of a text.
func withoutComments(text []byte) []byte {
	for {
		text = bytes.TrimSpace(text)
		if !bytes.HasPrefix(text, []byte("/*")) {
			return text
		}
		_, after, ok := bytes.Cut(text, []byte("*/"))
		if !ok {
			return nil
		}
		text = after
	}
}

// delimited returns the text between the two characters at the start of a text.
func delimited(text []byte, open, end byte) (string, bool) {
	if len(text) == 0 || text[0] != open {
		return "", false
	}
	i := bytes.IndexByte(text[1:], end)
	if i <= 0 {
		return "", false
	}
	return string(text[1 : 1+i]), true
}

func isNameStart(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
