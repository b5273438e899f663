package supply

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed license.txt
var spartaLicense string

//go:embed golicense.txt
var goLicense string

// notice is the software to which a text applies.
type notice struct {
	names []string
	text  string
}

// notices makes a text with the licenses of everything in the package that is not the application's own.
func (s *survey) notices() []byte {
	var list []notice
	var without []string
	add := func(name string, found []licenseFile) {
		if len(found) == 0 {
			without = append(without, name)
			return
		}
		texts := make([]string, len(found))
		for i, file := range found {
			texts[i] = file.Text
		}
		text := strings.Join(texts, "\n\n----\n\n")
		for i := range list {
			if list[i].text == text {
				list[i].names = append(list[i].names, name)
				return
			}
		}
		list = append(list, notice{[]string{name}, text})
	}
	add("Go's standard library and runtime", []licenseFile{{Text: strings.TrimSpace(goLicense)}})
	if !s.own[spartaModule] {
		add("Sparta (github.com/go-sparta/sparta)", []licenseFile{{Text: strings.TrimSpace(spartaLicense)}})
	}
	for _, m := range s.info.Deps {
		if m.original() != spartaModule && !s.own[m.original()] {
			add(m.shown(), s.licenses[m.original()].all)
		}
	}
	for _, w := range s.wheels {
		add(w.Name+" "+w.Version+" (Python)", w.Licenses)
	}
	rule := strings.Repeat("=", 80)
	var text strings.Builder
	fmt.Fprintf(&text, "%s contains software of third parties, which is used under the licenses below.\n", s.Name)
	for _, name := range without {
		fmt.Fprintf(&text, "\n%s has no file with a license.\n", name)
	}
	for _, one := range list {
		fmt.Fprintf(&text, "\n%[1]s\n%[2]s\n%[1]s\n\n%[3]s\n", rule, strings.Join(one.names, "\n"), one.text)
	}
	return []byte(text.String())
}
