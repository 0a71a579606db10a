@echo off
rem Windows: what scripts\run.cmd and its like call, with the name of their script before their arguments.
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dplastic4j.project="%~dp0.." "%~dp0Launch.java" %*
exit /b %errorlevel%
