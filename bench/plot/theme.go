package main

import (
	"bytes"
	"html"
	"regexp"
)

// style makes the plot follow the reader's preference for light or dark pages.
const style = `<style>
svg { color: #1f2328; fill: currentColor }
@media (prefers-color-scheme: dark) { svg { color: #e6edf3 } }
text { font-family: "Liberation Sans", Arial, Helvetica, sans-serif !important }
</style>
`

var opening = regexp.MustCompile(`(?s)<svg[^>]*>`)

// themed replaces black by the text's colour, lets the plot shrink with its page, and gives it a title for those who do
// not see it.
func themed(picture []byte, title string) []byte {
	picture = bytes.ReplaceAll(picture, []byte("#000000"), []byte("currentColor"))
	end := opening.FindIndex(picture)[1]
	named := "\n<title>" + html.EscapeString(title) + "</title>\n" + style
	return bytes.Join([][]byte{picture[:end], []byte(named), picture[end:]}, nil)
}
