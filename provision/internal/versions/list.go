package versions

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// Version is a published version of a function.
type Version struct {
	Number int
	ARN    string
	Ours   bool // the stack has published it
}

// String returns the version as Lambda spells it.
func (v Version) String() string { return strconv.Itoa(v.Number) }

// List lists the published versions of a function, the newest first, and which of them a stack has published.
func List(
	ctx context.Context, caller connection.Caller, api lambda.ListVersionsByFunctionAPIClient, function, stack string,
) ([]Version, error) {
	var versions []Version
	input := &lambda.ListVersionsByFunctionInput{FunctionName: &function}
	pages := lambda.NewListVersionsByFunctionPaginator(api, input)
	visit := func(page *lambda.ListVersionsByFunctionOutput) {
		for _, version := range page.Versions {
			number, err := strconv.Atoi(aws.ToString(version.Version))
			if err != nil {
				continue // $LATEST
			}
			versions = append(versions, Version{
				Number: number,
				ARN:    aws.ToString(version.FunctionArn),
				Ours:   strings.HasSuffix(aws.ToString(version.Description), template.PublishedBy(stack)),
			})
		}
	}
	if err := connection.EachPage(ctx, caller, "lambda:ListVersionsByFunction", pages, visit); err != nil {
		return nil, fmt.Errorf("list the versions of %s: %w", function, err)
	}
	slices.SortFunc(versions, func(a, b Version) int { return b.Number - a.Number })
	return versions, nil
}
