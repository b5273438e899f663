package provision

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/go-sparta/sparta/provision/internal/template"
)

// pointing is Lambda with versions 1 to 7, which the stack svc has published, and aliases that refer to one.
type pointing struct {
	version string
	err     error // of GetAlias
}

func (p pointing) GetAlias(
	context.Context, *lambda.GetAliasInput, ...func(*lambda.Options),
) (*lambda.GetAliasOutput, error) {
	return &lambda.GetAliasOutput{FunctionVersion: &p.version}, p.err
}

func (p pointing) ListVersionsByFunction(
	_ context.Context, in *lambda.ListVersionsByFunctionInput, _ ...func(*lambda.Options),
) (*lambda.ListVersionsByFunctionOutput, error) {
	versions, next := paged([]string{"$LATEST", "1", "2", "3", "4", "5", "6", "7"}, in.Marker, 3)
	answer := &lambda.ListVersionsByFunctionOutput{NextMarker: next}
	for _, version := range versions {
		answer.Versions = append(answer.Versions, lambdatypes.FunctionConfiguration{
			Version:     &version,
			Description: aws.String(template.PublishedBy("svc")),
		})
	}
	return answer, nil
}
