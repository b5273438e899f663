package page

import (
	"fmt"
	htmltemplate "html/template"
	"io"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/templates"
)

// Write writes the page of a service.
func Write(name, description string, functions []*sparta.LambdaAWSInfo, hooks *sparta.WorkflowHooks, out io.Writer) error {
	page, err := newPage(name, description, functions, hooks)
	if err != nil {
		return err
	}
	parsed, err := htmltemplate.New("describe").Parse(templates.Describe)
	if err != nil {
		return fmt.Errorf("read the page's template: %w", err)
	}
	var text strings.Builder // so that a failure leaves no half a page
	if err := parsed.Execute(&text, page); err != nil {
		return fmt.Errorf("render the page: %w", err)
	}
	if _, err := io.WriteString(out, text.String()); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// page is what the template shows.
type page struct {
	Name, Description string
	Functions         []functionCard
	Hooks             []string
	Picture           picture
}

// functionCard is a function in words.
type functionCard struct {
	sparta.FunctionDescription
	ID         string // of its place on the page
	Title      string // its name in AWS
	Facts      []fact
	Statements []statementRow // of its own role
	Boundary   string         // of its own role
}

type fact struct{ Name, Value string }

type statementRow struct {
	Actions   []string
	Resources []string
	Condition string // JSON
}

func newPage(name, description string, functions []*sparta.LambdaAWSInfo, hooks *sparta.WorkflowHooks) (*page, error) {
	described, err := sparta.NewServiceDescription(name, description, functions, hooks)
	if err != nil {
		return nil, err
	}
	p := &page{Name: described.Name, Description: described.Description, Hooks: described.Hooks}
	for i, info := range functions {
		p.Functions = append(p.Functions, newCard(name, info, described.Functions[i]))
	}
	p.Picture = draw(p.Functions)
	return p, nil
}

func newCard(stack string, info *sparta.LambdaAWSInfo, described sparta.FunctionDescription) functionCard {
	card := functionCard{
		FunctionDescription: described, ID: "function-" + described.Name,
		Title: template.FunctionName(stack, described.Name), Facts: factsOf(described),
	}
	if info.RoleDefinition == nil {
		return card
	}
	for _, statement := range template.RoleStatements(info) {
		row := statementRow{Resources: Expressions(statement["Resource"])}
		row.Actions, _ = statement["Action"].([]string)
		if condition := statement["Condition"]; condition != nil {
			row.Condition = expression(condition)
		}
		card.Statements = append(card.Statements, row)
	}
	if boundary := described.PermissionsBoundary; boundary != nil {
		card.Boundary = expression(boundary)
	}
	return card
}

// factsOf are a function's settings that differ from nothing.
func factsOf(f sparta.FunctionDescription) []fact {
	facts := []fact{
		{"Handler", f.Handler},
		{"Memory", fmt.Sprintf("%d MB", f.MemorySize)},
		{"Timeout", fmt.Sprintf("%d s", f.Timeout)},
		{"Storage", fmt.Sprintf("%d MB", f.EphemeralStorage)},
	}
	add := func(given bool, name, value string) {
		if given {
			facts = append(facts, fact{name, value})
		}
	}
	if f.LogRetention == sparta.LogRetentionForever {
		add(true, "Logs kept", "for ever")
	} else {
		add(true, "Logs kept", fmt.Sprintf("%d days", f.LogRetention))
	}
	add(f.ReservedConcurrentExecutions > 0, "Concurrency reserved", fmt.Sprint(f.ReservedConcurrentExecutions))
	add(f.PublishVersion, "Versions", "one for each change")
	add(f.Alias != "", "Alias", f.Alias)
	if f.SnapStart != nil {
		add(true, "SnapStart", f.SnapStart.ApplyOn)
	}
	if f.TracingConfig != nil {
		add(true, "Tracing", f.TracingConfig.Mode)
	}
	if f.FunctionURL != nil {
		add(true, "URL", authorization(f.FunctionURL))
		if cors := f.FunctionURL.Cors; cors != nil {
			add(len(cors.AllowOrigins) > 0, "URL's origins", strings.Join(cors.AllowOrigins, ", "))
		}
	}
	add(f.Edge, "Lambda@Edge", "runs for CloudFront")
	if f.VpcConfig != nil {
		add(true, "Subnets", strings.Join(Expressions(f.VpcConfig.SubnetIDs), ", "))
		add(true, "Security groups", strings.Join(Expressions(f.VpcConfig.SecurityGroupIDs), ", "))
	}
	add(f.KmsKeyArn != "", "Key of the environment", f.KmsKeyArn)
	add(f.DeadLetterConfigArn != nil, "Dead letters", expression(f.DeadLetterConfigArn))
	add(len(f.Layers) > 0, "Layers", strings.Join(Expressions(f.Layers), ", "))
	return facts
}

// authorization says who may call a function's URL.
func authorization(url *sparta.LambdaFunctionURL) string {
	if url.AuthType == "NONE" {
		return "open to everybody"
	}
	return "signed requests only (AWS_IAM)"
}
