package mapping

import (
	"errors"

	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

// documents is a DocumentDB cluster, whose ARN is one of rds. CloudFormation has no attribute for it.
func documents() reader {
	return reader{
		Kind: arn.Kind{Title: "a DocumentDB cluster", Service: "rds"},
		allows: []string{
			"StartingPosition", "StartingPositionTimestamp", "SourceAccessConfigurations",
			"DocumentDBEventSourceConfig",
		},
		check: func(c connection) error {
			errs := []error{c.checkStart(), c.checkAccess(true, "BASIC_AUTH")}
			if c.DocumentDBEventSourceConfig == nil {
				errs = append(errs, errors.New("DocumentDBEventSourceConfig is missing: set its DatabaseName"))
			}
			return errors.Join(errs...)
		},
		statements: func(c connection) []map[string]any {
			statements := append(networkStatements(), iam.Allow("*", "rds:DescribeDBClusterParameters",
				"rds:DescribeDBClusters", "rds:DescribeDBSubnetGroups"))
			return append(statements, secretStatements(c.EventSourceMapping)...)
		},
	}
}
