package site

// Permissions are the actions that deploying sites requires.
func Permissions() []string {
	return []string{
		"s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketTagging", "s3:PutEncryptionConfiguration",
		"s3:PutBucketOwnershipControls", "s3:PutBucketPublicAccessBlock", "s3:GetBucketPolicy", "s3:PutBucketPolicy",
		"s3:DeleteBucketPolicy",
		"cloudfront:CreateDistribution", "cloudfront:GetDistribution", "cloudfront:GetDistributionConfig",
		"cloudfront:UpdateDistribution", "cloudfront:DeleteDistribution", "cloudfront:ListTagsForResource",
		"cloudfront:TagResource", "cloudfront:UntagResource", "cloudfront:CreateOriginAccessControl",
		"cloudfront:GetOriginAccessControl", "cloudfront:UpdateOriginAccessControl",
		"cloudfront:DeleteOriginAccessControl", "cloudfront:CreateFunction", "cloudfront:DescribeFunction",
		"cloudfront:GetFunction", "cloudfront:UpdateFunction", "cloudfront:PublishFunction",
		"cloudfront:DeleteFunction", "cloudfront:GetCachePolicy", "cloudfront:GetResponseHeadersPolicy",
		"route53:GetHostedZone", "route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets",
		"route53:GetChange", "lambda:InvokeFunction",
	}
}
