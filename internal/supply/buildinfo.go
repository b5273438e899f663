package supply

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"
)

// module is a module that a library was linked from.
type module struct {
	Path, Version, Sum string
	Replaced           string // path of the module that this one replaces; empty means none
}

// buildInfo is what the linker has recorded in a library.
type buildInfo struct {
	Go       string // go1.26.8
	Path     string // import path of the main package
	Main     module
	Deps     []module
	Settings []Setting
}

// readBuildInfo reads what the linker has recorded in a library. Package debug/buildinfo would read it, too, with
// packages for all formats of libraries, which every magefile would import.
func readBuildInfo(library string) (buildInfo, error) {
	content, err := os.ReadFile(library)
	if err != nil {
		return buildInfo{}, err
	}
	for rest, at := content, 0; ; {
		next := bytes.Index(rest, []byte(infoMagic))
		if next < 0 {
			return buildInfo{}, fmt.Errorf("%s has no build information of Go: compile it with go build", library)
		}
		at += next
		if at%infoAlign == 0 {
			if info, err := parseBuildInfo(content[at:]); err == nil {
				return info, nil
			}
		}
		rest, at = rest[next+1:], at+1
	}
}

const (
	infoMagic  = "\xff Go buildinf:"
	infoAlign  = 16
	infoHeader = 32   // bytes: the magic, the size of a pointer, flags, and padding
	infoInline = 1    // index of the flags after the magic
	frame      = 16   // bytes before and after the modules
	inline     = 0b10 // flag: the texts follow the header, as since Go 1.18
)

var errNoInfo = errors.New("not the build information of Go")

// parseBuildInfo reads the information that begins with the magic.
func parseBuildInfo(content []byte) (buildInfo, error) {
	if len(content) < infoHeader || content[len(infoMagic)+infoInline]&inline == 0 {
		return buildInfo{}, errNoInfo
	}
	version, rest, err := cutText(content[infoHeader:])
	if err != nil {
		return buildInfo{}, err
	}
	modules, _, err := cutText(rest)
	if err != nil || !strings.HasPrefix(version, "go") && !strings.HasPrefix(version, "devel") {
		return buildInfo{}, errNoInfo
	}
	info := buildInfo{Go: version}
	if len(modules) < 2*frame {
		return info, nil // compiled without modules
	}
	for line := range strings.Lines(modules[frame : len(modules)-frame]) {
		info.add(strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return info, nil
}

// cutText reads a text, which follows its length.
func cutText(content []byte) (text string, rest []byte, err error) {
	length, size := binary.Uvarint(content)
	if size <= 0 || length > uint64(len(content)-size) {
		return "", nil, errNoInfo
	}
	content = content[size:]
	return string(content[:length]), content[length:], nil
}

// add adds the fields of a line: path, mod, dep, => (the replacement of the line before) or build.
func (i *buildInfo) add(fields []string) {
	fields = append(fields, "", "", "")
	found := module{Path: fields[1], Version: fields[2], Sum: fields[3]}
	switch fields[0] {
	case "path":
		i.Path = fields[1]
	case "mod":
		i.Main = found
	case "dep":
		i.Deps = append(i.Deps, found)
	case "=>":
		if len(i.Deps) == 0 {
			return
		}
		last := &i.Deps[len(i.Deps)-1]
		found.Replaced = last.Path
		*last = found
	case "build":
		name, value, _ := strings.Cut(fields[1], "=")
		i.Settings = append(i.Settings, Setting{name, unquoted(value)})
	}
}
