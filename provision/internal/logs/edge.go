package logs

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
)

// Regions are those that are enabled in every account. CloudFront runs functions in some of them, where it has its
// larger caches.
func Regions() []string {
	return []string{
		"us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1",
		"eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3",
		"ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2",
	}
}

// AtEdge are the log groups of a function that CloudFront runs: one in each region in which it has viewers. Lambda adds
// the region of the function to the name of its own group, but not to that of one that the function's options name:
// "Edge function logs" in the Amazon CloudFront Developer Guide (November 2026).
func AtEdge(own Group, cfg aws.Config) []Group {
	name := own.Name
	if function, isOwn := strings.CutPrefix(name, "/aws/lambda/"); isOwn {
		name = "/aws/lambda/us-east-1." + function
	}
	var groups []Group
	for _, region := range Regions() {
		if name == own.Name && region == cfg.Region {
			continue // it is the function's own group
		}
		there := cfg.Copy()
		there.Region = region
		groups = append(groups, Group{own.Function, name, region, cloudwatchlogs.NewFromConfig(there)})
	}
	return groups
}
