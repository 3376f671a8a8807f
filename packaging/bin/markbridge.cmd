@echo off
rem Runs a command of the bridge (default: run). MARKBRIDGE_HEAP: the heap's limit (64m); JAVA_OPTIONS: further flags of the JVM.
setlocal
set "program=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined MARKBRIDGE_HEAP set "MARKBRIDGE_HEAP=64m"
"%java%" -Xmx%MARKBRIDGE_HEAP% -XX:+UseSerialGC -XX:NewRatio=4 -XX:MetaspaceSize=96m -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -XX:MaxDirectMemorySize=64m ^
  -Dfile.encoding=UTF-8 --add-opens=java.base/java.lang=ALL-UNNAMED --enable-native-access=ALL-UNNAMED -Dio.netty.noUnsafe=true %JAVA_OPTIONS% ^
  -jar "%program%\quarkus-run.jar" %*
exit /b %ERRORLEVEL%
