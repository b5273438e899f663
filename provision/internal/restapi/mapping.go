package restapi

import (
	_ "embed" // the templates
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
)

// The default templates in Velocity. Each is in the stack's template once, as one of its Mappings: copies in 60 methods
// would exceed CloudFormation's size limit.
var (
	//go:embed vtl/head.vtl
	eventHead string
	//go:embed vtl/tail.vtl
	eventTail string
	//go:embed vtl/json.vtl
	jsonBody string
	//go:embed vtl/form.vtl
	formBody string
	//go:embed vtl/text.vtl
	textBody string
	//go:embed vtl/error.vtl
	errorDocument string
)

// mapping is the name of the template's mapping that has the default templates.
const mapping = "APIGatewayTemplates"

// The kinds of default templates: keys of the mapping.
const (
	jsonRequest = string(apiroutes.JSONBody)
	formRequest = string(apiroutes.FormBody)
	textRequest = string(apiroutes.TextBody)
	anyError    = "Error"
)

// defaultTemplates are the default templates by kind.
func defaultTemplates() map[string]string {
	event := func(body string) string { return compact(eventHead + strings.TrimSuffix(body, "\n") + eventTail) }
	return map[string]string{
		jsonRequest: event(jsonBody),
		formRequest: event(formBody),
		textRequest: event(textBody),
		anyError:    compact(errorDocument),
	}
}

// compact removes the indentation of lines.
func compact(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimLeft(line, " "))
	}
	return strings.Join(lines, "")
}

// defaultTemplate is a reference to a default template, which it adds to the mapping.
func (b *builder) defaultTemplate(kind string) any {
	topLevel := "Request"
	if kind == anyError {
		topLevel = "Response"
	}
	if b.template.Mappings == nil {
		b.template.Mappings = map[string]map[string]map[string]string{}
	}
	if b.template.Mappings[mapping] == nil {
		b.template.Mappings[mapping] = map[string]map[string]string{}
	}
	if b.template.Mappings[mapping][topLevel] == nil {
		b.template.Mappings[mapping][topLevel] = map[string]string{}
	}
	b.template.Mappings[mapping][topLevel][kind] = defaultTemplates()[kind]
	return cloudformation.FindInMap{Map: mapping, TopLevel: topLevel, SecondLevel: kind}
}
