package provision

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/templates"
)

// Describe writes a page of HTML that shows a service: its functions, what may
// invoke them and what they may use, as a picture and in words. The page refers
// to nothing outside itself, is the same for the same service, and has the names
// of environment variables but not their values. The error of an invalid service
// is sparta.Validate's.
func Describe(service Service, out io.Writer) error {
	page, err := newPage(service)
	if err != nil {
		return err
	}
	parsed, err := template.New("describe").Parse(templates.Describe)
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

func newPage(service Service) (*page, error) {
	described, err := sparta.NewServiceDescription(service.Name, service.Description, service.Functions, service.Hooks)
	if err != nil {
		return nil, err
	}
	p := &page{Name: described.Name, Description: described.Description, Hooks: described.Hooks}
	for i, info := range service.Functions {
		p.Functions = append(p.Functions, newCard(service.Name, info, described.Functions[i]))
	}
	p.Picture = draw(p.Functions)
	return p, nil
}

func newCard(stack string, info *sparta.LambdaAWSInfo, described sparta.FunctionDescription) functionCard {
	card := functionCard{
		FunctionDescription: described, ID: "function-" + described.Name,
		Title: functionName(stack, described.Name), Facts: factsOf(described),
	}
	if info.RoleDefinition == nil {
		return card
	}
	f := function{info: info, id: logicalID(info.Name())}
	if info.Options != nil {
		f.options = *info.Options
	}
	for _, statement := range f.statements() {
		row := statementRow{Resources: expressions(statement["Resource"])}
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
		add(true, "Subnets", strings.Join(expressions(f.VpcConfig.SubnetIDs), ", "))
		add(true, "Security groups", strings.Join(expressions(f.VpcConfig.SecurityGroupIDs), ", "))
	}
	add(f.KmsKeyArn != "", "Key of the environment", f.KmsKeyArn)
	add(f.DeadLetterConfigArn != nil, "Dead letters", expression(f.DeadLetterConfigArn))
	add(len(f.Layers) > 0, "Layers", strings.Join(expressions(f.Layers), ", "))
	return facts
}

// authorization says who may call a function's URL.
func authorization(url *sparta.LambdaFunctionURL) string {
	if url.AuthType == "NONE" {
		return "open to everybody"
	}
	return "signed requests only (AWS_IAM)"
}
