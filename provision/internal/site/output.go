package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

// Outputs of the stack that a deployment reads to upload the site.
const (
	OutputBucket       = "S3SiteBucket"
	OutputDistribution = "S3SiteDistribution"
	outputUser         = "S3SiteUserData" // prefix of the values in the user's part of the manifest
)

// Outputs are the stack's outputs about a site, by name. The site may be nil.
func Outputs(site *sparta.S3Site) map[string]cloudformation.Output {
	if site == nil {
		return nil
	}
	outputs := map[string]cloudformation.Output{
		OutputBucket: {Description: "Bucket of the site", Value: cloudformation.Ref(bucketID)},
	}
	var url any = cloudformation.Sub("https://${" + DistributionID + ".DomainName}")
	switch domain := site.Domain; {
	case site.WebsiteHosting:
		url = cloudformation.GetAtt{bucketID, "WebsiteURL"}
	case domain != nil:
		for _, name := range slices.Backward(domain.Names) {
			if !strings.HasPrefix(name, "*.") {
				url = "https://" + name
			}
		}
		outputs["S3SiteDomainTarget"] = cloudformation.Output{
			Description: "Target of the DNS records of the site's domain",
			Value:       cloudformation.GetAtt{DistributionID, "DomainName"},
		}
	}
	if !site.WebsiteHosting {
		outputs[OutputDistribution] = cloudformation.Output{
			Description: "Distribution of the site", Value: cloudformation.Ref(DistributionID),
		}
	}
	outputs[sparta.OutputS3SiteURL] = cloudformation.Output{Description: "URL of the site", Value: url}
	return outputs
}

// userOutputs are the outputs with the intrinsics in the user's part of the manifest: CloudFormation resolves them.
func userOutputs(site *sparta.S3Site) map[string]cloudformation.Output {
	outputs := map[string]cloudformation.Output{}
	resolve(userData(site), "", func(path string, intrinsic any) any {
		outputs[outputUser+logicalid.Sum([]byte(path))] = cloudformation.Output{
			Description: "UserManifestData of the site:" + path, Value: intrinsic,
		}
		return intrinsic
	})
	return outputs
}

// userData is the user's part of the manifest as JSON has it.
func userData(site *sparta.S3Site) any {
	text, err := plainjson.Marshal(site.UserManifestData)
	if err != nil {
		return nil // Check reports it
	}
	var data any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // a float64 would change large integers
	_ = decoder.Decode(&data)
	return data
}

// resolve replaces the intrinsics in a value. The path, a JSON pointer, identifies where one is.
func resolve(value any, path string, replace func(path string, intrinsic any) any) any {
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	switch value := value.(type) {
	case map[string]any:
		if expression.IsIntrinsic(value) {
			return replace(path, value)
		}
		for _, key := range slices.Sorted(maps.Keys(value)) {
			value[key] = resolve(value[key], path+"/"+escape.Replace(key), replace)
		}
	case []any:
		for i := range value {
			value[i] = resolve(value[i], fmt.Sprintf("%s/%d", path, i), replace)
		}
	}
	return value
}
