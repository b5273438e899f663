package page

import (
	"fmt"
	htmltemplate "html/template"
	"io"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/pythonlayer"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/templates"
)

// Service is what a page shows.
type Service struct {
	Name, Description string
	Functions         []*sparta.LambdaAWSInfo
	API               *sparta.API    // nil means none
	Site              *sparta.S3Site // nil means none
	Hooks             *sparta.WorkflowHooks
	PythonLayer       bool // whether the functions' Python packages are a layer

	// Statements are those of the functions' own roles, by the functions' names: what they need because of their
	// settings, and then their privileges. Without an entry, they are those of a deployment by this module.
	Statements map[string][]map[string]any
}

// Write writes the page of a service.
func Write(service Service, out io.Writer) error {
	page, err := pageOf(service)
	if err != nil {
		return err
	}
	if service.PythonLayer {
		for i := range page.Functions {
			facts := &page.Functions[i].Facts
			*facts = append(*facts, show.Fact{Name: "Python packages", Value: "layer " + pythonlayer.LogicalID})
		}
	}
	text, err := page.render("page", templates.Describe) // so that a failure leaves no half a page
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, text); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// Picture returns the page's picture alone, as an element of SVG for another page. Its links have the names of what
// they are about: data-function, and data-sample of a source's sample event or data-request of a route.
func Picture(service Service) (string, error) {
	page, err := pageOf(service)
	if err != nil {
		return "", err
	}
	return page.render("picture", `{{template "picture" .}}`)
}

// render renders a template that may contain the picture.
func (p *page) render(name, source string) (string, error) {
	parsed, err := htmltemplate.New("").Parse(templates.Picture)
	if err == nil {
		parsed, err = parsed.New("document").Parse(source)
	}
	if err != nil {
		return "", fmt.Errorf("read the %s's template: %w", name, err)
	}
	var text strings.Builder
	if err := parsed.Execute(&text, p); err != nil {
		return "", fmt.Errorf("render the %s: %w", name, err)
	}
	return text.String(), nil
}

func pageOf(service Service) (*page, error) {
	page, err := newPage(service)
	if err == nil {
		err = page.addAPI(service.API)
	}
	if err == nil {
		err = page.addSite(service.Site)
	}
	return page, err
}

// page is what the template shows.
type page struct {
	Name, Description string
	Functions         []functionCard
	API               *apiCard  // nil means none
	Site              *siteCard // nil means none
	Hooks             []string
	Picture           picture
}

// functionCard is a function in words.
type functionCard struct {
	sparta.FunctionDescription
	ID         string // of its place on the page
	Title      string // its name in AWS
	Facts      []show.Fact
	Statements []statementRow // of its own role
	Boundary   string         // of its own role
	Neighbours []show.Neighbour
}

type statementRow struct {
	Actions   []string
	Resources []string
	Condition string // JSON
}

func newPage(service Service) (*page, error) {
	described, err := sparta.NewServiceDescription(
		service.Name, service.Description, service.Functions, service.Hooks)
	if err != nil {
		return nil, err
	}
	p := &page{Name: described.Name, Description: described.Description, Hooks: described.Hooks}
	for i, info := range sparta.WithCustomResources(service.Functions) {
		card := newCard(service.Name, info, described.Functions[i])
		if statements := service.Statements[card.Name]; statements != nil {
			card.Statements = rows(statements)
		}
		p.Functions = append(p.Functions, card)
	}
	p.Picture = draw(p.Functions, nil)
	return p, nil
}

func newCard(stack string, info *sparta.LambdaAWSInfo, described sparta.FunctionDescription) functionCard {
	card := functionCard{
		FunctionDescription: described,
		ID:                  "function-" + described.Name,
		Title:               template.FunctionName(stack, described.Name),
		Facts:               template.Facts(info),
		Neighbours:          template.Neighbours(info),
	}
	if info.RoleDefinition == nil {
		return card
	}
	card.Statements = rows(template.RoleStatements(info))
	if boundary := described.PermissionsBoundary; boundary != nil {
		card.Boundary = show.Expression(boundary)
	}
	return card
}
