<?xml version="1.0" encoding="UTF-8"?>
<!-- The flattened POM, but for the platform of the user's machine instead of that of the one that built it: the root POM's
     profiles, one a platform, and the property that they set as the natives' classifier. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://maven.apache.org/POM/4.0.0" xmlns:pom="http://maven.apache.org/POM/4.0.0" exclude-result-prefixes="pom">
  <xsl:variable name="root" select="document('../../../../../pom.xml')/pom:project"/>

  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="pom:classifier">
    <classifier>${javacpp.platform}</classifier>
  </xsl:template>

  <xsl:template match="pom:profiles"/>

  <xsl:template match="pom:project">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()"/>
      <profiles>
        <xsl:copy-of select="$root/pom:profiles/pom:profile[pom:properties/pom:javacpp.platform]"/>
      </profiles>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
