// Heavyinit does much before main: it compiles regular expressions and fills a table, as packages with data do.
package main

import (
	"fmt"
	"regexp"

	"github.com/aws/aws-lambda-go/lambda"
)

var patterns, table = compile(300), fill(100_000)

func compile(n int) (all []*regexp.Regexp) {
	for i := range n {
		pattern := fmt.Sprintf(`^/v%d/(?P<kind>[a-z]{1,20})/(?P<id>[0-9a-f]{8,32})(/.*)?$`, i)
		all = append(all, regexp.MustCompile(pattern))
	}
	return all
}

func fill(n int) map[string]int {
	m := map[string]int{}
	for i := range n {
		m[fmt.Sprintf("key %d", i)] = i
	}
	return m
}

func main() {
	lambda.Start(func() (int, error) { return len(patterns) + len(table), nil })
}
