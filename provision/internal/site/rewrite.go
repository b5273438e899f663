package site

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

//go:embed rewrite.js
var rewriteSource string

// maxRewrite is CloudFront's limit of a function's code, in bytes.
const maxRewrite = 10 << 10

// rewrite is the code of the CloudFront Function that finds index documents. A bucket has no folders, and CloudFront
// has an index document only for the root.
func rewrite(site *sparta.S3Site, folder *Folder) (string, error) {
	index, err := plainjson.Marshal(Index(site))
	if err != nil {
		return "", err
	}
	files := []string{}
	if !site.SinglePage {
		files = append(files, folder.withoutExtension()...)
	}
	list, err := plainjson.Marshal(files)
	if err != nil {
		return "", err
	}
	code := strings.NewReplacer("INDEX", string(index), "FILES", string(list), "SINGLE", fmt.Sprint(site.SinglePage)).
		Replace(rewriteSource)
	if len(code) > maxRewrite {
		return "", fmt.Errorf("site %s: %d files have names without an extension, and CloudFront's function, which "+
			"has to tell them from folders, would have %d bytes, over the limit of %d: give them extensions",
			site.Dir, len(files), len(code), maxRewrite)
	}
	return code, nil
}
